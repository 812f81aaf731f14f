using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>Keeps every log event of a server as text.</summary>
internal sealed class CollectedLogs : ILoggerProvider
{
    public ConcurrentQueue<(string Category, LogLevel Level, string Text)> Events { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(string category, LogLevel level, string text) => Events.Enqueue((category, level, text));

    private sealed class Category(CollectedLogs owner, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Add(name, logLevel, formatter(state, exception) + exception);
    }
}
