using System.IO.Compression;
using System.Text.Json;
using Ambient.Composer.Models;

namespace Ambient.Composer.Evaluation;

/// <summary>Scores on a grid: <c>{"train":[[[s,a,t,b], …], …], "valid": …}</c>, one frame of MIDI notes per 16th, -1 = silence. Plain or gzipped.</summary>
public static class GridFile
{
    /// <summary>Reads one split as tokens: pieces, frames, four voices. Notes outside 24..95 move by octaves.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="InvalidDataException">It is no such grid; the message names file, place and what would be right.</exception>
    public static int[][][] Load(string file, string split)
    {
        using Stream raw = File.OpenRead(file);
        using Stream stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            if (!document.RootElement.TryGetProperty(split, out JsonElement pieces))
            {
                string there = string.Join(", ", document.RootElement.EnumerateObject().Select(property => property.Name));
                throw new InvalidDataException($"{file} has no split '{split}'. There are: {there}.");
            }

            return [.. pieces.EnumerateArray().Select((piece, index) => Piece(file, $"{split}[{index}]", piece))];
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{file} is no grid file: {wrong.Message}", wrong);
        }
    }

    private static int[][] Piece(string file, string place, JsonElement piece)
    {
        int[][] frames = [.. piece.EnumerateArray().Select(frame => frame.EnumerateArray().Select(note => ScoreTokens.FromPitch(note.GetInt32())).ToArray())];
        int wrong = Array.FindIndex(frames, frame => frame.Length != ScoreTokens.Voices);
        return wrong < 0 ? frames : throw new InvalidDataException($"{file}: {place}[{wrong}] has {frames[wrong].Length} voices; four would be right.");
    }
}
