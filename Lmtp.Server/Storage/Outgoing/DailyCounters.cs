using MongoDB.Bson;
using StackExchange.Redis;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>WildDuck's counts of what was sent within a day. Specification section 9.1, ttlcounter.</summary>
internal sealed class DailyCounters(RedisConnection redis)
{
    private const int WindowSeconds = 86_400;

    private const string TtlCounter =
        """
        local count = tonumber(redis.call("GET", KEYS[1]) or "0")
        local increment = tonumber(ARGV[1])
        if count >= tonumber(ARGV[2]) then
            return {0, count}
        end
        if increment > 0 then
            local before = count
            count = redis.call("INCRBY", KEYS[1], increment)
            if before == 0 then
                redis.call("EXPIRE", KEYS[1], tonumber(ARGV[3]))
            end
        end
        return {1, count}
        """;

    /// <summary>Counts forwards of a user or a forwarding address; null while there is no Redis.</summary>
    public Task<DailyCount?> AddForwardsAsync(ObjectId owner, int count, long limit) =>
        AddAsync($"wdf:{owner}", count, limit);

    /// <summary>Counts a reply of an autoreply; null while there is no Redis.</summary>
    public Task<DailyCount?> AddReplyAsync(ObjectId autoreply, long limit) => AddAsync($"wda:{autoreply}", 1, limit);

    // The limit is looked at before the count: one call may go beyond it, as in WildDuck.
    private async Task<DailyCount?> AddAsync(string key, int increment, long limit)
    {
        if (redis.Database is not { } database)
        {
            return null;
        }

        var result = (RedisResult[]?)await database.ScriptEvaluateAsync(
            TtlCounter, [key], [increment, limit, WindowSeconds]);
        return new DailyCount((int)result![0] == 1, (long)result[1]);
    }
}
