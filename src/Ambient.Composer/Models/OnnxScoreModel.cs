using System.Security.Cryptography;
using Ambient.Composer.Direction;
using Microsoft.ML.OnnxRuntime;

namespace Ambient.Composer.Models;

/// <summary>The trained network: one call of the trunk a frame, one call of the voice network a voice, int8, one thread.</summary>
/// <remarks>
/// All tensors are bound once to pinned arrays: a step allocates no managed memory. With guidance every call is a batch of two: with intent and
/// without. What intent changes is then exaggerated (classifier-free guidance, Ho and Salimans 2022), but not in a melody over standing chords:
/// that makes leaps of its steps.
/// </remarks>
public sealed class OnnxScoreModel : IScoreModel
{
    /// <summary>How far beyond the conditioned network intent is followed; see <c>composer control</c> for what it was chosen by.</summary>
    public const float DefaultGuidance = 3;

    internal const int Layers = 2;

    private const float MostAsked = 3; // how far a wish may be overstated, on the scale of -1..1

    private const int Asked = 0, Unasked = 1; // rows of a batch with guidance

    private readonly InferenceSession _trunk;
    private readonly InferenceSession _voice;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding _trunkBinding;
    private readonly OrtIoBinding _voiceBinding;
    private readonly List<OrtValue> _values = [];
    private readonly ConditionLayout _layout;

    private readonly IntentSteering _steering;
    private readonly float _guidance;
    private readonly int _rows; // of the batch
    private bool _isPaced;
    private readonly long[] _previous;
    private readonly long[] _held;
    private readonly long[] _position;
    private readonly long[] _voiceIndex = new long[1];
    private readonly long[] _chosen;
    private readonly float[] _condition;
    private readonly float[] _state;
    private readonly float[] _stateOut;
    private readonly float[] _logits;

    private OnnxScoreModel(ModelDescription description, string trunkFile, string voiceFile, float guidance)
    {
        const int Voices = ScoreTokens.Voices;
        _guidance = guidance;
        _rows = guidance == 1 ? 1 : 2;
        _layout = new ConditionLayout(description);
        _steering = new IntentSteering(new IntentScale(description.IntentQuantiles));
        _previous = new long[_rows * Voices];
        _held = new long[_rows * Voices];
        _position = new long[_rows];
        _chosen = new long[_rows * Voices];
        _condition = new float[_rows * description.Cond];
        _state = new float[Layers * _rows * description.Hidden];
        _stateOut = new float[_state.Length];
        _logits = new float[_rows * ScoreTokens.Vocabulary];
        float[] head = new float[_rows * Voices * description.Head];

        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _trunk = new InferenceSession(trunkFile, options);
        _voice = new InferenceSession(voiceFile, options);

        _trunkBinding = _trunk.CreateIoBinding();
        In(_trunk, _trunkBinding, "prev", _previous, [_rows, Voices]);
        In(_trunk, _trunkBinding, "held", _held, [_rows, Voices]);
        In(_trunk, _trunkBinding, "pos", _position, [_rows]);
        In(_trunk, _trunkBinding, "cond", _condition, [_rows, description.Cond]);
        In(_trunk, _trunkBinding, "state", _state, [Layers, _rows, description.Hidden]);
        Out(_trunk, _trunkBinding, "state_out", _stateOut, [Layers, _rows, description.Hidden]);
        Out(_trunk, _trunkBinding, "head", head, [_rows, Voices, description.Head]);

        _voiceBinding = _voice.CreateIoBinding();
        In(_voice, _voiceBinding, "head", head, [_rows, Voices, description.Head]);
        In(_voice, _voiceBinding, "voice", _voiceIndex, [1]);
        In(_voice, _voiceBinding, "chosen", _chosen, [_rows, Voices]);
        In(_voice, _voiceBinding, "prev", _previous, [_rows, Voices]);
        Out(_voice, _voiceBinding, "logits", _logits, [_rows, ScoreTokens.Vocabulary]);
    }

    /// <inheritdoc/>
    public string Name => "network";

    /// <inheritdoc/>
    public int StateLength => _state.Length + IntentSteering.StateLength;

    /// <summary>Loads the shipped networks, checks that they are the ones that <c>composer.json</c> describes, and runs one frame to warm up.</summary>
    /// <param name="directory">Folder with <c>composer.json</c>, <c>composer-trunk.onnx</c> and <c>composer-voice.onnx</c>.</param>
    /// <param name="guidance">1 is the network as it was trained, in one row; more follows intent more strongly and costs another one. 0..8.</param>
    /// <exception cref="IOException">A file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">A file is not what the description says.</exception>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime can't load or run it.</exception>
    public static OnnxScoreModel Load(string directory, float guidance = DefaultGuidance)
    {
        ModelDescription description = ModelDescription.Load(Path.Combine(directory, "composer.json"));
        string trunk = Verified("composer-trunk.onnx");
        string voice = Verified("composer-voice.onnx");
        var model = new OnnxScoreModel(description, trunk, voice, guidance);
        var score = new ScoreHistory();
        model.BeginFrame(score, new ScoreCondition());
        model.Logits(score, ScoreTokens.Soprano, new float[ScoreTokens.Vocabulary]);
        model.Reset();
        return model;

        string Verified(string name)
        {
            string file = Path.Combine(directory, name);
            if (!File.Exists(file)) throw new FileNotFoundException($"{file} is missing.", file);
            string actual = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
            if (description.Sha256.TryGetValue(name, out string? wanted) && wanted == actual) return file;
            throw new InvalidDataException($"{file} has SHA-256 {actual}, composer.json says {wanted ?? "nothing about it"}.");
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_state);
        _steering.Reset();
    }

    /// <inheritdoc/>
    public void BeginFrame(ScoreHistory score, ScoreCondition condition)
    {
        _isPaced = condition.IsPaced;
        if (condition.IsSlow) _steering.Hear(score.Previous, condition);
        for (int row = 0; row < _rows; row++)
        {
            for (int voice = 0; voice < ScoreTokens.Voices; voice++)
            {
                _previous[(row * ScoreTokens.Voices) + voice] = score.Previous[voice];
                _held[(row * ScoreTokens.Voices) + voice] = score.Held[voice];
            }

            _position[row] = score.Position;
            int length = _condition.Length / _rows;
            _layout.Write(condition, row == Unasked ? null : _steering, _condition.AsSpan(row * length, length));
        }

        _trunk.RunWithBinding(_runOptions, _trunkBinding);
        _stateOut.CopyTo(_state, 0);
    }

    /// <inheritdoc/>
    public void Logits(ScoreHistory score, int voice, Span<float> logits)
    {
        _voiceIndex[0] = voice;
        for (int i = 0; i < _chosen.Length; i++) _chosen[i] = score.Chosen[i % ScoreTokens.Voices];
        _voice.RunWithBinding(_runOptions, _voiceBinding);
        ReadOnlySpan<float> asked = Row(Asked);
        if (_rows == 1 || (_isPaced && voice == ScoreTokens.Soprano))
        {
            asked.CopyTo(logits);
            return;
        }

        ReadOnlySpan<float> without = Row(Unasked);
        for (int token = 0; token < asked.Length; token++) logits[token] = without[token] + (_guidance * (asked[token] - without[token]));

        ReadOnlySpan<float> Row(int row) => _logits.AsSpan(row * ScoreTokens.Vocabulary, ScoreTokens.Vocabulary);
    }

    /// <inheritdoc/>
    public void SaveState(Span<float> state)
    {
        _state.CopyTo(state);
        _steering.Save(state[_state.Length..]);
    }

    /// <inheritdoc/>
    public void RestoreState(ReadOnlySpan<float> state)
    {
        state[.._state.Length].CopyTo(_state);
        _steering.Restore(state[_state.Length..]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trunkBinding.Dispose();
        _voiceBinding.Dispose();
        foreach (OrtValue value in _values) value.Dispose();
        _trunk.Dispose();
        _voice.Dispose();
        _runOptions.Dispose();
    }

    private void In<T>(InferenceSession session, OrtIoBinding binding, string name, T[] memory, long[] shape)
        where T : unmanaged => binding.BindInput(name, Pinned(session.InputMetadata, name, memory, shape));

    private void Out<T>(InferenceSession session, OrtIoBinding binding, string name, T[] memory, long[] shape)
        where T : unmanaged => binding.BindOutput(name, Pinned(session.OutputMetadata, name, memory, shape));

    private OrtValue Pinned<T>(IReadOnlyDictionary<string, NodeMetadata> metadata, string name, T[] memory, long[] shape)
        where T : unmanaged
    {
        if (!metadata.TryGetValue(name, out NodeMetadata? node)) throw new InvalidDataException($"the network has no tensor '{name}'.");

        // -1 stands for a free dimension: the batch.
        bool fits = node.ElementType == typeof(T) && node.Dimensions.Length == shape.Length
            && node.Dimensions.Zip(shape).All(pair => pair.First is -1 || pair.First == pair.Second);
        if (!fits)
        {
            throw new InvalidDataException($"tensor '{name}' is {node.ElementType.Name}[{string.Join(", ", node.Dimensions)}], {typeof(T).Name}[{string.Join(", ", shape)}] would be right.");
        }

        OrtValue value = OrtValue.CreateTensorValueFromMemory(memory, shape);
        _values.Add(value);
        return value;
    }

    /// <summary>Turns wishes into the condition vector.</summary>
    private sealed class ConditionLayout(ModelDescription description)
    {
        private static readonly IntentAxis[] Axes = Enum.GetValues<IntentAxis>();

        private readonly Dictionary<string, int> _corpora = description.CondLayout.Corpus;
        private readonly int _score = description.CondLayout.Rate["score"];
        private readonly int _slow = description.CondLayout.Rate["slow"];
        private readonly (int Value, int Present)[] _intent = [.. Axes.Select(axis =>
            (IndexOf(description.CondLayout.Intent, axis), IndexOf(description.CondLayout.IntentPresent, axis)))];

        public void Write(ScoreCondition condition, IntentSteering? steering, Span<float> vector)
        {
            vector.Clear();
            vector[condition.IsSlow ? _slow : _score] = 1;
            if (condition.IsPaced && description.CondLayout.Paced is { } paced) vector[paced] = 1;
            double known = 0;
            foreach ((string corpus, double weight) in condition.Corpora) known += _corpora.ContainsKey(corpus) ? weight : 0;
            foreach ((string corpus, double weight) in condition.Corpora)
            {
                if (_corpora.TryGetValue(corpus, out int index)) vector[index] = (float)(weight / known);
            }

            if (steering is null) return;
            foreach (IntentAxis axis in Axes)
            {
                (int value, int present) = _intent[(int)axis];
                if (value < 0 || present < 0 || condition[axis] is not { } wish) continue;
                vector[value] = steering.Ask(axis, Math.Clamp(wish, -MostAsked, MostAsked));
                vector[present] = 1;
            }
        }

        // The file says harmonic_rhythm, the code HarmonicRhythm; axes that the model does not know are -1.
        private static int IndexOf(Dictionary<string, int> layout, IntentAxis axis) =>
            layout.Where(entry => entry.Key.Replace("_", "", StringComparison.Ordinal).Equals(axis.ToString(), StringComparison.OrdinalIgnoreCase))
                .Select(entry => entry.Value)
                .DefaultIfEmpty(-1)
                .First();
    }
}
