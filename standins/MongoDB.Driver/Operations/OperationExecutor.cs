using MongoDB.Bson;
using MongoDB.Driver.Topology;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Operations;

/// <summary>Runs commands: chooses a server, takes a connection and a session, tries once more where that is safe.</summary>
internal sealed class OperationExecutor(Cluster cluster, SessionPool sessions, MongoClientSettings settings)
{
    public Cluster Cluster { get; } = cluster;

    /// <summary>Runs a command that changes nothing.</summary>
    public Task<TResult> ReadAsync<TResult>(DriverCommand command, ReadPreference readPreference, bool keep, Func<CommandContext, RawBsonDocument, TResult> map, CancellationToken cancellationToken)
    {
        return RunAsync(command, readPreference, isWrite: false, settings.RetryReads, keep, map, cancellationToken);
    }

    /// <summary>Runs a command of which nothing is known, and therefore never again.</summary>
    public Task<TResult> ReadOnceAsync<TResult>(DriverCommand command, ReadPreference readPreference, bool keep, Func<CommandContext, RawBsonDocument, TResult> map, CancellationToken cancellationToken)
    {
        return RunAsync(command, readPreference, isWrite: false, canRetry: false, keep, map, cancellationToken);
    }

    /// <summary>Runs a command that writes; it is tried again only where the server knows a repetition as such.</summary>
    public Task<TResult> WriteAsync<TResult>(DriverCommand command, bool canRetry, bool keep, Func<CommandContext, RawBsonDocument, TResult> map, CancellationToken cancellationToken)
    {
        return RunAsync(command, ReadPreference.Primary, isWrite: true, canRetry && settings.RetryWrites && command.ExpectsReply, keep, map, cancellationToken);
    }

    /// <summary>Runs a command on a given server, in a given session, once.</summary>
    public async Task<TResult> RunOnAsync<TResult>(Server server, Session session, DriverCommand command, bool keep, Func<CommandContext, RawBsonDocument, TResult> map, CancellationToken cancellationToken)
    {
        Connection connection = null;
        using var activity = CommandTracing.Start(command, server.Address);
        try
        {
            connection = await server.Pool.AcquireAsync(cancellationToken).ConfigureAwait(false);
            var context = new CommandContext(server, connection, session);
            return await ExchangeAsync(context, command, null, keep, map, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            CommandTracing.Fail(activity, exception);
            OnError(server, session, exception);
            throw;
        }
        finally
        {
            if (connection is not null)
            {
                server.Pool.Release(connection);
            }
        }
    }

    public void Release(Session session) => sessions.Release(session);

    private async Task<TResult> RunAsync<TResult>(
        DriverCommand command,
        ReadPreference readPreference,
        bool isWrite,
        bool canRetry,
        bool keep,
        Func<CommandContext, RawBsonDocument, TResult> map,
        CancellationToken cancellationToken)
    {
        var attempt = new Attempt(command, readPreference, isWrite, canRetry, keep);
        try
        {
            try
            {
                return await TryAsync(attempt, map, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (attempt.MayRetry && RetryableErrors.IsRetryable(exception, isWrite))
            {
                try
                {
                    return await TryAsync(attempt, map, cancellationToken).ConfigureAwait(false);
                }
                catch (TimeoutException)
                {
                    // No server to try again on: the first error says more.
                    throw exception;
                }
            }
        }
        finally
        {
            if (!attempt.SessionIsTaken)
            {
                sessions.Release(attempt.Session);
            }
        }
    }

    private async Task<TResult> TryAsync<TResult>(Attempt attempt, Func<CommandContext, RawBsonDocument, TResult> map, CancellationToken cancellationToken)
    {
        var server = await Cluster.SelectAsync(attempt.ReadPreference, cancellationToken).ConfigureAwait(false);
        Connection connection = null;
        using var activity = CommandTracing.Start(attempt.Command, server.Address);
        try
        {
            connection = await server.Pool.AcquireAsync(cancellationToken).ConfigureAwait(false);
            var context = Prepare(attempt, server, connection);
            var result = await ExchangeAsync(context, attempt.Command, Extra(attempt, context), attempt.Keep, map, cancellationToken).ConfigureAwait(false);
            attempt.SessionIsTaken = context.SessionIsTaken;
            return result;
        }
        catch (Exception exception)
        {
            CommandTracing.Fail(activity, exception);
            OnError(server, attempt.Session, exception);
            throw;
        }
        finally
        {
            if (connection is not null)
            {
                server.Pool.Release(connection);
            }
        }
    }

    private CommandContext Prepare(Attempt attempt, Server server, Connection connection)
    {
        var hello = connection.Hello;
        if (hello.SessionTimeout is { } timeout && attempt.Command.ExpectsReply)
        {
            attempt.Session ??= sessions.Acquire(timeout);
        }

        attempt.MayRetry = attempt.CanRetry && (!attempt.IsWrite || hello.SupportsRetryableWrites);
        if (attempt is { MayRetry: true, IsWrite: true, Session: not null })
        {
            attempt.TransactionNumber ??= attempt.Session.NextTransactionNumber();
        }

        return new CommandContext(server, connection, attempt.Session);
    }

    private BsonDocument Extra(Attempt attempt, CommandContext context)
    {
        var extra = new BsonDocument();
        if (attempt.TransactionNumber is { } number)
        {
            extra.Add("txnNumber", number);
        }

        var hello = context.Connection.Hello;
        if (!attempt.IsWrite && (hello.SetName is not null || hello.IsMongos))
        {
            // Asked directly, a secondary answers only to those who say that they know what it is.
            var preference = settings.DirectConnection && attempt.ReadPreference.ReadPreferenceMode == ReadPreferenceMode.Primary && !hello.IsMongos
                ? ReadPreference.PrimaryPreferred
                : attempt.ReadPreference;
            if (preference.ReadPreferenceMode != ReadPreferenceMode.Primary)
            {
                extra.Add("$readPreference", preference.ToDocument());
            }
        }

        return extra;
    }

    private async Task<TResult> ExchangeAsync<TResult>(CommandContext context, DriverCommand command, BsonDocument extra, bool keep, Func<CommandContext, RawBsonDocument, TResult> map, CancellationToken cancellationToken)
    {
        extra ??= [];
        if (context.Session is not null)
        {
            extra.Add("lsid", context.Session.Id);
        }

        if (Cluster.ClusterTime is { } time && (context.Connection.Hello.SetName is not null || context.Connection.Hello.IsMongos))
        {
            extra.Add("$clusterTime", time);
        }

        return await context.Connection.ExchangeAsync(command, extra, keep, Map, cancellationToken).ConfigureAwait(false);

        TResult Map(RawBsonDocument reply)
        {
            if (reply.TryGetValue("$clusterTime", out var newer) && newer is BsonDocument newerTime)
            {
                Cluster.AdvanceClusterTime(new BsonDocument(((RawBsonDocument)newerTime).Materialize(null)));
            }

            CommandReply.ThrowIfError(context.Connection, command, reply);
            return map(context, reply);
        }
    }

    private static void OnError(Server server, Session session, Exception exception)
    {
        switch (exception)
        {
            case MongoAuthenticationException:
                server.Pool.Clear();
                break;
            case MongoConnectionException { ContainsTimeoutException: true }:
                MarkDirty(session);
                server.RequestCheck();
                break;
            case MongoConnectionException:
                MarkDirty(session);
                server.Invalidate(exception, clearPool: true);
                break;
            case MongoNotPrimaryException:
                server.Invalidate(exception, clearPool: false);
                break;
            case MongoNodeIsRecoveringException recovering:
                server.Invalidate(exception, recovering.IsShutdownError);
                break;
            default:
                break;
        }
    }

    private static void MarkDirty(Session session)
    {
        if (session is not null)
        {
            session.IsDirty = true;
        }
    }

    private sealed class Attempt(DriverCommand command, ReadPreference readPreference, bool isWrite, bool canRetry, bool keep)
    {
        public DriverCommand Command { get; } = command;

        public ReadPreference ReadPreference { get; } = readPreference;

        public bool IsWrite { get; } = isWrite;

        public bool CanRetry { get; } = canRetry;

        public bool Keep { get; } = keep;

        /// <summary>Whether a second try is safe; for writes that is known once there is a connection.</summary>
        public bool MayRetry { get; set; } = canRetry && !isWrite;

        public Session Session { get; set; }

        public bool SessionIsTaken { get; set; }

        public long? TransactionNumber { get; set; }
    }
}
