using Ambient.Composer.Evaluation;
using Ambient.Composer.Models;

namespace Ambient.Composer.Tests;

/// <summary>The inference path, on networks of the shipped shape with random weights.</summary>
public class ModelTests
{
    [Fact]
    public void A_step_after_warm_up_allocates_nothing()
    {
        using var host = new ModelHost(() => TinyModel.Load(), TimeProvider.System);
        Assert.Null(host.Fault);
        var score = new ScoreHistory();
        var condition = new ScoreCondition { Corpora = [("hymn", 0.5), ("jsb", 0.5)], [Direction.IntentAxis.Mode] = 0.5 };
        float[] logits = new float[ScoreTokens.Vocabulary];
        for (int i = 0; i < 100; i++) Frame();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) Frame();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Frame()
        {
            host.BeginFrame(score, condition);
            foreach (int voice in ScoreTokens.SamplingOrder)
            {
                host.Logits(score, voice, logits);
                score.Choose(voice, 40 - (5 * voice));
            }

            score.EndFrame();
        }
    }

    [Fact]
    public void What_was_saved_composes_the_same_again()
    {
        using OnnxScoreModel model = TinyModel.Load();
        var score = new ScoreHistory();
        var condition = new ScoreCondition();
        for (int i = 0; i < 5; i++) TinyModel.Frame(model, score, condition, 30 + i);
        float[] state = new float[model.StateLength];
        model.SaveState(state);
        var page = new ScoreHistory();
        page.CopyFrom(score);

        float[] once = TinyModel.Frame(model, score, condition, 36);
        Assert.NotEqual(once, TinyModel.Frame(model, score, condition, 36));
        model.RestoreState(state);
        Assert.Equal(once, TinyModel.Frame(model, page, condition, 36));
    }

    [Fact]
    public void It_hears_the_past_the_voices_beside_it_and_what_it_is_asked_for()
    {
        using OnnxScoreModel model = TinyModel.Load();
        float[] plain = TinyModel.Frame(model, new ScoreHistory(), new ScoreCondition(), 36);
        model.Reset();
        Assert.NotEqual(plain, TinyModel.Frame(model, new ScoreHistory(), new ScoreCondition { [Direction.IntentAxis.Tension] = 1 }, 36));
        model.Reset();
        Assert.NotEqual(plain, TinyModel.Frame(model, new ScoreHistory(), new ScoreCondition { Corpora = [("jsb", 1)] }, 36));
        model.Reset();
        Assert.NotEqual(plain, TinyModel.Frame(model, new ScoreHistory(), new ScoreCondition { IsPaced = true }, 36));
        model.Reset();
        Assert.NotEqual(plain, TinyModel.Frame(model, new ScoreHistory(), new ScoreCondition(), 38));
    }

    [Fact]
    public void Its_slowest_steps_are_known()
    {
        var clock = new ManualTimeProvider();
        using var host = new ModelHost(() => new Tired(clock), clock, TimeSpan.FromSeconds(1));
        var score = new ScoreHistory();
        float[] logits = new float[ScoreTokens.Vocabulary];
        Assert.Equal(TimeSpan.Zero, host.StepP99);
        host.BeginFrame(score, new ScoreCondition());
        foreach (int voice in ScoreTokens.SamplingOrder) host.Logits(score, voice, logits);
        Assert.Equal(TimeSpan.FromMilliseconds(80), host.StepP99);
    }

    [Fact]
    public void Knowing_nothing_costs_the_logarithm_of_73_and_a_table_that_has_seen_the_piece_costs_less()
    {
        int[][][] pieces = [[.. Enumerable.Range(0, 64).Select(i => new[] { 48 + (i / 4 % 3), 40, 36, 24 })]];
        EvaluationResult uniform = ScoreEvaluation.Run(new UniformModel(), pieces, ScoreCondition.ForScoring("jsb"), TimeProvider.System);
        Assert.Equal(Math.Log(73), uniform.NllMicro, 6);
        Assert.Equal((64, 1), (uniform.Frames, uniform.Pieces));
        Assert.True(ScoreEvaluation.Run(MarkovModel.Train(pieces), pieces, ScoreCondition.ForScoring("jsb"), TimeProvider.System).NllMicro < 0.6);
    }

    [Fact]
    public void A_grid_is_read_plain_or_gzipped_with_silence_and_far_notes()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "grid.json");
        File.WriteAllText(file, """{"valid":[[[72,67,60,-1],[100,67,60,12]]]}""");
        int[][][] pieces = GridFile.Load(file, "valid");
        Assert.Equal([48, 43, 36, ScoreTokens.Silent], pieces[0][0]);
        Assert.Equal([88 - 24, 43, 36, 0], pieces[0][1]);
        Assert.Contains("There are: valid.", Assert.Throws<InvalidDataException>(() => GridFile.Load(file, "test")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("composer-trunk.onnx", "missing", "is missing")]
    [InlineData("composer-voice.onnx", "truncated", "has SHA-256")]
    [InlineData("composer.json", "missing", "composer.json is missing")]
    [InlineData("composer.json", "truncated", "is no model description")]
    [InlineData("composer.json", "\"hidden\": 16|\"hidden\": 24", "tensor 'state' is")]
    [InlineData("composer.json", "\"format\": 1|\"format\": 2", "format is 2, this build plays 1")]
    public void Without_a_good_model_rules_play_and_say_why_and_the_model_returns_when_it_is_mended(string name, string damage, string reason)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        foreach (string file in Directory.GetFiles(TinyModel.Folder)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        string damaged = Path.Combine(folder, name);
        byte[] good = File.ReadAllBytes(damaged);
        if (damage == "missing") File.Delete(damaged);
        else if (damage == "truncated") File.WriteAllBytes(damaged, good[..(good.Length / 2)]);
        else File.WriteAllText(damaged, File.ReadAllText(damaged).Replace(damage.Split('|')[0], damage.Split('|')[1], StringComparison.Ordinal));

        using var host = ModelHost.Open(folder);
        Assert.True(host.IsFallback);
        Assert.Contains(reason, host.Fault, StringComparison.Ordinal);
        var conductor = new Conductor(Some.Moods(), host, 1);
        conductor.Request(new MoodRequest("calm"));
        var page = new Page();
        conductor.Advance(60 * Some.Second, Some.InhabitedRoom, page);
        Assert.NotEmpty(page.Events.Salient("calm"));
        Assert.Equal(0, conductor.NotesByModel);

        File.WriteAllBytes(damaged, good);
        conductor.Advance(900 * Some.Second, Some.InhabitedRoom, page);
        Assert.Null(host.Fault);
        Assert.True(conductor.NotesByModel > 0);
    }

    [Fact]
    public void A_model_that_is_too_slow_gives_way_within_three_frames_and_offline_time_does_not_matter()
    {
        var clock = new ManualTimeProvider();
        using var slow = new ModelHost(() => new Tired(clock), clock, TimeSpan.FromMilliseconds(50));
        using var offline = new ModelHost(() => new Tired(clock));
        var score = new ScoreHistory();
        for (int i = 0; i < 4; i++)
        {
            Assert.False(slow.IsFallback);
            slow.BeginFrame(score, new ScoreCondition());
            slow.Logits(score, 0, new float[ScoreTokens.Vocabulary]);
            offline.BeginFrame(score, new ScoreCondition());
        }

        Assert.Contains("too slow: 3 frames in a row took more than 50 ms, the last 80 ms", slow.Fault, StringComparison.Ordinal);
        Assert.Null(offline.Fault);
    }

    [Fact]
    public void A_model_that_fails_in_the_middle_of_the_music_is_replaced_in_the_same_frame()
    {
        var model = new Fragile();
        using var host = new ModelHost(() => model);
        var conductor = new Conductor(Some.Moods(), host, 1);
        conductor.Request(new MoodRequest("calm"));
        var page = new Page();
        conductor.Advance(60 * Some.Second, Some.InhabitedRoom, page);
        long byModel = conductor.NotesByModel;
        Assert.True(byModel > 0);
        Assert.Equal(0, conductor.NotesByFallback);
        model.IsBroken = true;
        conductor.Advance(120 * Some.Second, Some.InhabitedRoom, page);
        Assert.Contains("not finite", host.Fault, StringComparison.Ordinal);
        Assert.True(conductor.NotesByFallback > 0);
    }

    [Fact]
    public void The_shipped_model_loads_and_composes_every_note()
    {
        using var host = ModelHost.Open(Path.Combine(Some.Root, "models"));
        Assert.Null(host.Fault);
        var conductor = new Conductor(Some.Moods(), host, 1);
        conductor.Request(new MoodRequest("calm"));
        conductor.Advance(600 * Some.Second, Some.InhabitedRoom, new Page());
        Assert.True(conductor.NotesByModel > 100);
        Assert.Equal(0, conductor.NotesByFallback);
    }

    private abstract class Flat : IScoreModel
    {
        public string Name => "flat";

        public int StateLength => 0;

        public void Reset()
        {
        }

        public virtual void BeginFrame(ScoreHistory score, ScoreCondition condition)
        {
        }

        public virtual void Logits(ScoreHistory score, int voice, Span<float> logits) => logits.Clear();

        public void SaveState(Span<float> state)
        {
        }

        public void RestoreState(ReadOnlySpan<float> state)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Tired(ManualTimeProvider clock) : Flat
    {
        public override void BeginFrame(ScoreHistory score, ScoreCondition condition) => clock.Advance(TimeSpan.FromMilliseconds(80));
    }

    private sealed class Fragile : Flat
    {
        public bool IsBroken { get; set; }

        public override void Logits(ScoreHistory score, int voice, Span<float> logits) => logits.Fill(IsBroken ? float.NaN : 0);
    }
}
