namespace Ambient.Daemon.Web;

/// <summary>Lets people listen to what the room hears.</summary>
public interface IListenerSource
{
    /// <summary>A new listener's own stream.</summary>
    IListener Open();
}
