using MongoDB.Bson;
using StackExchange.Redis;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>
/// Whom an autoreply has answered lately: WildDuck's sorted sets in Redis. The score is the time of the message replied
/// to, so that asking again for the same message gives the same answer. Specification section 7.6.
/// </summary>
internal sealed class AnsweredSenders(RedisConnection redis, TimeProvider time)
{
    /// <summary>
    /// Notes that a sender is answered because of a message received at this time; false when the sender was answered
    /// within the interval because of another one; null while there is no Redis.
    /// </summary>
    public async Task<bool?> TryAddAsync(ObjectId autoreply, string sender, DateTimeOffset received, TimeSpan interval)
    {
        if (redis.Database is not { } database)
        {
            return null;
        }

        var key = KeyOf(autoreply);
        var transaction = database.CreateTransaction();
        var forget = transaction.SortedSetRemoveRangeByScoreAsync(
            key, double.NegativeInfinity, (time.GetUtcNow() - interval).ToUnixTimeMilliseconds());
        var add = transaction.SortedSetAddAsync(key, sender, received.ToUnixTimeMilliseconds(), When.NotExists);

        // WildDuck gives the interval's milliseconds as seconds; a shorter life would make it answer more often.
        var expire = transaction.KeyExpireAsync(key, TimeSpan.FromSeconds(interval.TotalMilliseconds));
        await transaction.ExecuteAsync();
        await Task.WhenAll(forget, expire);
        return await add || await IsNotedForAsync(database, key, sender, received);
    }

    /// <summary>Takes back what was noted because of a message that came to nothing.</summary>
    public async Task RemoveAsync(ObjectId autoreply, string sender, DateTimeOffset received)
    {
        if (redis.Database is { } database && await IsNotedForAsync(database, KeyOf(autoreply), sender, received))
        {
            await database.SortedSetRemoveAsync(KeyOf(autoreply), sender);
        }
    }

    private static async Task<bool> IsNotedForAsync(IDatabase database, string key, string sender, DateTimeOffset received) =>
        await database.SortedSetScoreAsync(key, sender) is { } score && score == received.ToUnixTimeMilliseconds();

    private static string KeyOf(ObjectId autoreply) => $"war:{autoreply}";
}
