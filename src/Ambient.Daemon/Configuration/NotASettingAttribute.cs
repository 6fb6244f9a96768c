namespace Ambient.Daemon.Configuration;

/// <summary>Marks a property of a section that no file can set.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotASettingAttribute : Attribute;
