using System.Diagnostics;
using MongoDB.Bson;
using MongoDB.Driver.Core.Configuration;
using MongoDB.Driver.Core.Events;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Topology;

/// <summary>Runs commands: picks a connection, tells subscribers, reads errors, retries a read once.</summary>
internal sealed class CommandExecutor(Cluster cluster, MongoClientSettings settings, ClusterBuilder events)
{
    private static readonly HashSet<string> Silent = ["saslStart", "saslContinue", "hello"];

    private int _lastRequestId;

    public async Task<CommandReply> ReadAsync(string database, BsonDocument command, CancellationToken cancellationToken)
    {
        command["$db"] = database;
        try
        {
            return await RunAsync(command, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (settings.RetryReads && IsRetryable(exception))
        {
            return await RunAsync(command, null, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<CommandReply> WriteAsync(string database, BsonDocument command, DocumentSequence sequence, CancellationToken cancellationToken)
    {
        command["$db"] = database;
        return RunAsync(command, sequence, cancellationToken);
    }

    private static bool IsRetryable(Exception exception) =>
        exception is MongoNotPrimaryException or MongoNodeIsRecoveringException or MongoConnectionException { IsNetworkException: true };

    private async Task<CommandReply> RunAsync(BsonDocument command, DocumentSequence sequence, CancellationToken cancellationToken)
    {
        await using var connection = await cluster.AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var reply = await RunAsync(connection.Wire, command, sequence, cancellationToken).ConfigureAwait(false);
            return new CommandReply(reply, connection.Wire.Id, connection.Wire.Server);
        }
        catch (Exception exception) when (IsRetryable(exception))
        {
            await cluster.ForgetAsync(connection.Pool).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<BsonDocument> RunAsync(WireConnection wire, BsonDocument command, DocumentSequence sequence, CancellationToken cancellationToken)
    {
        var name = command.GetElement(0).Name;
        var requestId = Interlocked.Increment(ref _lastRequestId);
        var observed = events.HasSubscribers && !Silent.Contains(name);
        var start = Stopwatch.GetTimestamp();
        if (observed)
        {
            events.Publish(new CommandStartedEvent(name, command, command["$db"].AsString, requestId, wire.Id));
        }

        try
        {
            var reply = await WithSocketTimeout(wire, command, sequence, cancellationToken).ConfigureAwait(false);
            CommandErrors.ThrowIfFailed(wire.Id, command, reply);
            if (observed)
            {
                events.Publish(new CommandSucceededEvent(name, requestId, Stopwatch.GetElapsedTime(start), wire.Id));
            }

            return reply;
        }
        catch (Exception exception) when (observed)
        {
            events.Publish(new CommandFailedEvent(name, requestId, Stopwatch.GetElapsedTime(start), wire.Id, exception));
            throw;
        }
    }

    private async Task<BsonDocument> WithSocketTimeout(WireConnection wire, BsonDocument command, DocumentSequence sequence, CancellationToken cancellationToken)
    {
        if (settings.SocketTimeout <= TimeSpan.Zero)
        {
            return await wire.RoundTripAsync(command, sequence, cancellationToken).ConfigureAwait(false);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.SocketTimeout);
        try
        {
            return await wire.RoundTripAsync(command, sequence, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MongoConnectionException(wire.Id, $"{wire.Address} did not answer within {settings.SocketTimeout}.", new TimeoutException());
        }
    }
}
