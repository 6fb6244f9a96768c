using System.Collections;
using System.Reflection;
using System.Reflection.Emit;
using System.Threading.Channels;
using Ambient.Sensors.Acoustics;
using Ambient.Sensors.Devices;

namespace Ambient.Sensors.Tests.Devices;

/// <summary>Audio never leaves the capture thread; only levels do. Held by the shape of the types, not by good will.</summary>
public sealed class MicrophonePrivacyTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] BehindTheWall = [typeof(OwnSoundRemoval), typeof(OwnSoundHistory), typeof(RoomCoupling)];

    /// <summary>Every type that ever touches a sample or stands between one and the world, with all that the compiler nested in them.</summary>
    /// <remarks>What removes our own music works on readings, after the wall.</remarks>
    private static readonly Type[] Listening =
    [
        .. typeof(SoundLevelMeter).Assembly.GetTypes().Where(type =>
            type.Namespace == typeof(SoundLevelMeter).Namespace && !BehindTheWall.Contains(Outermost(type)) || Outermost(type) == typeof(MicrophoneSensor) || Outermost(type) == typeof(MicrophoneCapture)),
    ];

    [Fact]
    public void No_field_of_the_capture_can_hold_a_sound()
    {
        foreach (FieldInfo field in Listening.SelectMany(type => type.GetFields(Everything)).Where(field => !field.IsLiteral))
        {
            // Samples are short or int; levels are double. No array, list, memory or stream of anything else.
            bool isSequence = field.FieldType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(field.FieldType) || field.FieldType.IsPointer;
            Type element = field.FieldType.HasElementType ? field.FieldType.GetElementType()! : field.FieldType.GetGenericArguments().FirstOrDefault() ?? field.FieldType;
            Assert.True(!isSequence || element == typeof(double) || element == typeof(string) || Listening.Contains(element), $"{field.DeclaringType}.{field.Name} is {field.FieldType}");
            Assert.False(typeof(Stream).IsAssignableFrom(field.FieldType) || IsMemory(field.FieldType), $"{field.DeclaringType}.{field.Name} is {field.FieldType}");
        }
    }

    [Fact]
    public void What_a_meter_keeps_does_not_grow_with_what_it_hears()
    {
        // Doubles could hold sound, too: so count them. 10 s of sound are 480 000 samples; what is kept are filter states and minutes of levels.
        var meter = new SoundLevelMeter(48_000, new MicrophoneLimits());
        meter.Add(new int[480_000]);
        while (meter.TryTake(out _)) continue;
        var perSample = new List<string>();
        foreach (FieldInfo field in Listening.SelectMany(type => type.GetFields(Everything)).Where(field => field.FieldType == typeof(double[]) && !field.IsStatic))
            perSample.Add($"{field.DeclaringType!.Name}.{field.Name}");
        Assert.Equal(["RecentLevels._powers", "RecentLevels._sorted"], perSample.Where(name => name.StartsWith("RecentLevels", StringComparison.Ordinal)).Order());
        Assert.Equal(660, MinuteValues(meter)); // 600 tenths of a second and 60 seconds: ten levels a second, from which nobody hears a word
    }

    [Fact]
    public void No_method_gives_samples_away()
    {
        foreach (MethodInfo method in Listening.SelectMany(type => type.GetMethods(Everything)))
        {
            Assert.False(IsSound(method.ReturnType), $"{method.DeclaringType}.{method.Name} returns {method.ReturnType}");
            foreach (ParameterInfo parameter in method.GetParameters())
            {
                bool isMeterInput = method.DeclaringType == typeof(SoundLevelMeter) && method.Name == nameof(SoundLevelMeter.Add);
                Assert.True(isMeterInput || !IsSound(parameter.ParameterType), $"{method.DeclaringType}.{method.Name} takes {parameter.ParameterType}");
            }
        }
    }

    [Fact]
    public void The_only_way_out_of_the_capture_thread_carries_levels()
    {
        FieldInfo channel = Assert.Single(typeof(MicrophoneCapture).GetFields(Everything), field => field.FieldType.IsGenericType);
        Assert.Equal(typeof(ChannelWriter<SoundLevels>), channel.FieldType);
        Assert.All(typeof(SoundLevels).GetProperties(), level =>
            Assert.True(level.PropertyType == typeof(double) || level.PropertyType == typeof(bool) || level.Name == nameof(SoundLevels.OctavesDb), level.Name));
        var meter = new SoundLevelMeter(48_000, new MicrophoneLimits());
        meter.Add(new int[96_000]);
        Assert.True(meter.TryTake(out SoundLevels? levels));
        Assert.Equal(9, levels!.OctavesDb.Count); // nine numbers a second
    }

    [Fact]
    public void Nothing_that_listens_calls_a_file_a_socket_or_another_process()
    {
        string[] outside = ["System.IO", "System.Net", "System.Diagnostics", "Microsoft.Win32", "System.IO.Pipes", "System.IO.MemoryMappedFiles"];
        int calls = 0;
        foreach (MethodBase method in Listening.SelectMany(type => type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything))))
        {
            foreach (MethodBase called in Calls(method))
            {
                calls++;
                bool mayBe = called.DeclaringType == typeof(IOException) || !outside.Contains(called.DeclaringType?.Namespace);
                Assert.True(mayBe, $"{method.DeclaringType}.{method.Name} calls {called.DeclaringType}.{called.Name}");
                Assert.DoesNotContain("writei", called.Name, StringComparison.Ordinal); // nor plays it
            }
        }

        Assert.InRange(calls, 100, 10_000); // the scan does see calls
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static bool IsMemory(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is { } generic && (generic == typeof(Memory<>) || generic == typeof(ReadOnlyMemory<>));

    private static bool IsSound(Type type)
    {
        Type[] samples = [typeof(short), typeof(int), typeof(byte), typeof(float)];
        if (type.HasElementType && (type.IsArray || type.IsPointer)) return samples.Contains(type.GetElementType());
        return type.IsGenericType && samples.Contains(type.GetGenericArguments()[0]);
    }

    private static int MinuteValues(SoundLevelMeter meter) => typeof(SoundLevelMeter).GetFields(Everything)
        .Where(field => field.FieldType == typeof(RecentLevels))
        .Sum(field => ((double[])typeof(RecentLevels).GetField("_powers", Everything)!.GetValue(field.GetValue(meter))!).Length);

    /// <summary>Methods that a method's IL calls or makes delegates of.</summary>
    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at + 5 <= il.Length; at++)
        {
            bool isCall = il[at] == OpCodes.Call.Value || il[at] == OpCodes.Callvirt.Value || il[at] == OpCodes.Newobj.Value
                || at > 0 && il[at - 1] == 0xFE && il[at] is 0x06 or 0x07;
            if (isCall && Resolve(method, BitConverter.ToInt32(il, at + 1)) is { } called) yield return called;
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (ArgumentException)
        {
            return null; // not a call after all: some other instruction's number
        }
    }
}
