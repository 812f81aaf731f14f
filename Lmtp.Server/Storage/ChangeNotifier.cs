using System.Globalization;
using MongoDB.Bson;
using StackExchange.Redis;

namespace Lmtp.Server.Storage;

/// <summary>Tells WildDuck's IMAP sessions of a user to look into the journal. Specification section 9.3.</summary>
internal sealed class ChangeNotifier(RedisConnection redis, SettingsStore settings, TimeProvider time)
{
    private const string CommonChannel = "wd_events";
    private const string WorkerChannelsSetting = "const:imap:use_wd_worker_channels";
    private static readonly TimeSpan WorkerLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Publishes the change. Does nothing while there is no Redis.</summary>
    public Task NotifyAsync(ObjectId user, CancellationToken cancellationToken) =>
        // Exactly this form takes a fast path at the reader.
        PublishAsync(user, $$"""{"e":"{{user}}"}""", cancellationToken);

    /// <summary>Ends the sessions that have a mailbox open which is gone.</summary>
    public Task NotifyDroppedAsync(ObjectId user, ObjectId mailbox, CancellationToken cancellationToken) =>
        PublishAsync(user, $$$"""{"e":"{{{user}}}","p":{"command":"DROP","mailbox":"{{{mailbox}}}"}}""", cancellationToken);

    private async Task PublishAsync(ObjectId user, RedisValue message, CancellationToken cancellationToken)
    {
        if (redis.Database is not { } database)
        {
            return;
        }

        if (!await settings.GetCachedBooleanAsync(WorkerChannelsSetting, cancellationToken))
        {
            await database.PublishAsync(Channel(CommonChannel), message);
            return;
        }

        var since = time.GetUtcNow().Subtract(WorkerLifetime).ToUnixTimeMilliseconds();
        var workers = await database.SortedSetRangeByScoreAsync(
            string.Create(CultureInfo.InvariantCulture, $"wd:imap:users:{user}"), since);
        foreach (var worker in workers)
        {
            await database.PublishAsync(Channel($"{CommonChannel}:worker:{worker}"), message);
        }
    }

    private static RedisChannel Channel(string name) => new(name, RedisChannel.PatternMode.Literal);
}
