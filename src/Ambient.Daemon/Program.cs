using System.CommandLine;
using Ambient.Daemon.Cli;

// One verb = one file in Cli/ and one line here.
var root = new RootCommand("Ambient gives a room its own living sound: sensors and schedules in, endless music out.");
root.Add(BenchCommand.Create());
root.Add(ComposerCommand.Create());
root.Add(MoodsCommand.Create());
root.Add(DemoCommand.Create());
root.Add(RunCommand.Create());
root.Add(RenderCommand.Create());
root.Add(JudgeCommand.Create());
root.Add(ScheduleCommand.Create());
root.Add(AuditCommand.Create());
root.Add(AclCommand.Create());
root.Add(DoctorCommand.Create());
root.Add(DecodeCommand.Create());
root.Add(ReplayCommand.Create());
root.Add(CalibrateCommand.Create());
return await CommandLineHost.RunAsync(root, args);
