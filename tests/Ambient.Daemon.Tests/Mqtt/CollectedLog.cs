using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Ambient.Daemon.Tests.Mqtt;

/// <summary>A log that tests can wait on.</summary>
internal sealed class CollectedLog<T> : ILogger<T>
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public async Task<string> NextAsync() => await _lines.Reader.ReadAsync().AsTask().WaitAsync(Within.Deadline);

    public bool TryNext(out string? line) => _lines.Reader.TryRead(out line);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite(formatter(state, exception));
}
