using MongoDB.Bson;
using StackExchange.Redis;

namespace Lmtp.Server.Storage;

/// <summary>
/// The message counts that WildDuck caches. A count that is not cached is left alone; its reader counts then.
/// Specification section 9.1, cachedcounter.
/// </summary>
internal sealed class MailboxCounters(RedisConnection redis)
{
    private const int LifetimeSeconds = 86_400;

    private const string CachedCounter =
        """
        if redis.call("EXISTS", KEYS[1]) == 0 then
            return false
        end
        local count = redis.call("INCRBY", KEYS[1], tonumber(ARGV[1]))
        if count < 0 then
            redis.call("DEL", KEYS[1])
            return false
        end
        redis.call("EXPIRE", KEYS[1], tonumber(ARGV[2]))
        return count
        """;

    /// <summary>Changes the cached counts of a mailbox. Does nothing while there is no Redis.</summary>
    public async Task AddAsync(ObjectId mailbox, int total, int unseen)
    {
        if (redis.Database is not { } database)
        {
            return;
        }

        var totalUpdate = ChangeAsync(database, $"total:{mailbox}", total);
        if (unseen != 0)
        {
            await ChangeAsync(database, $"unseen:{mailbox}", unseen);
        }

        await totalUpdate;
    }

    /// <summary>
    /// Forgets the cached counts of a mailbox, where nobody knows whether they were changed; their reader counts anew.
    /// </summary>
    public async Task ForgetAsync(ObjectId mailbox)
    {
        if (redis.Database is { } database)
        {
            await database.KeyDeleteAsync([$"total:{mailbox}", $"unseen:{mailbox}"]);
        }
    }

    /// <summary>Has the unseen messages of a mailbox counted anew.</summary>
    public Task ForgetUnseenAsync(ObjectId mailbox) =>
        redis.Database is { } database ? database.KeyDeleteAsync($"unseen:{mailbox}") : Task.CompletedTask;

    private static async Task ChangeAsync(IDatabase database, string key, int increment) =>
        await database.ScriptEvaluateAsync(CachedCounter, [key], [increment, LifetimeSeconds]);
}
