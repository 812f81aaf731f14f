using System.Globalization;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using StackExchange.Redis;

namespace Lmtp.Server.Storage;

/// <summary>
/// Lets one server at a time write into a mailbox, so that the journal entries of all servers are written in the order of
/// their modseqs. Kept in Redis, without which no IMAP session is told of anything either. It is a courtesy and no lock:
/// where Redis is away, or another server does not let go in time, the mailbox is written to all the same.
/// </summary>
internal sealed partial class MailboxLease(
    RedisConnection redis, IOptionsMonitor<StorageOptions> options, TimeProvider time, ILogger<MailboxLease> logger)
{
    // A server that has more to write leaves the next turn to one that waits; one that waits and dies costs this part of
    // a lease.
    private const int TurnsPerLease = 2;

    // KEYS: the lease, and whose turn is next. ARGV: who asks, the length of the lease and of a turn in milliseconds.
    private const string AcquireScript =
        """
        local turn = redis.call('GET', KEYS[2])
        if turn and turn ~= ARGV[1] then
            return 0
        end
        if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
            if turn then
                redis.call('DEL', KEYS[2])
            end
            return 1
        end
        redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
        return 0
        """;

    private const string ReleaseScript =
        """
        if redis.call('GET', KEYS[1]) == ARGV[1] then
            redis.call('DEL', KEYS[1])
        end
        return 0
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly string _server = Guid.NewGuid().ToString("N");
    private long _number;

    /// <summary>Waits for the mailbox, but no longer than a lease lasts; what is returned lets it go.</summary>
    public async Task<Held> AcquireAsync(ObjectId mailbox)
    {
        var duration = options.CurrentValue.MailboxLease;
        if (duration == TimeSpan.Zero || redis.Database is not { } database)
        {
            return default;
        }

        var owner = string.Create(CultureInfo.InvariantCulture, $"{_server}:{Interlocked.Increment(ref _number)}");
        RedisKey[] keys = [$"lmtp:mailbox:{mailbox}", $"lmtp:mailbox:{mailbox}:turn"];
        var milliseconds = (long)duration.TotalMilliseconds;
        RedisValue[] values = [owner, milliseconds, Math.Max(1, milliseconds / TurnsPerLease)];
        var started = time.GetTimestamp();
        try
        {
            while (true)
            {
                var left = duration - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                {
                    LogNotWaited(mailbox);
                    return default;
                }

                if ((int)await database.ScriptEvaluateAsync(AcquireScript, keys, values).WaitAsync(left, time) == 1)
                {
                    return new Held(this, database, keys[0], owner);
                }

                await Task.Delay(Pause, time);
            }
        }
        catch (Exception exception)
        {
            LogNotAsked(mailbox, exception);
            return default;
        }
    }

    private async Task ReleaseAsync(IDatabase database, RedisKey key, string owner)
    {
        try
        {
            await database.ScriptEvaluateAsync(ReleaseScript, [key], [owner]).WaitAsync(options.CurrentValue.MailboxLease, time);
        }
        catch (Exception exception)
        {
            LogNotReleased(exception);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Mailbox {Mailbox} is written to although another server does not let go of it")]
    private partial void LogNotWaited(ObjectId mailbox);

    [LoggerMessage(2, LogLevel.Debug, "Mailbox {Mailbox} is written to without a lease: Redis does not answer")]
    private partial void LogNotAsked(ObjectId mailbox, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "The lease of a mailbox was not given back: Redis does not answer")]
    private partial void LogNotReleased(Exception exception);

    /// <summary>A lease that was got, or none.</summary>
    internal readonly struct Held(MailboxLease? lease, IDatabase? database, RedisKey key, string? owner)
    {
        /// <summary>Lets the mailbox go.</summary>
        public Task ReleaseAsync() => lease?.ReleaseAsync(database!, key, owner!) ?? Task.CompletedTask;
    }
}
