namespace Lmtp.Server.RateLimiting;

/// <summary>
/// The generic cell rate algorithm for several limits at once: either all of them have room, and all are counted, or
/// nothing is.
/// </summary>
/// <remarks>
/// A key holds the time, in microseconds of the Redis server's clock, at which everything used will be back, and the
/// interval in which one is. A change of the rule takes effect at once: what is used is taken over in counts, not in time.
/// </remarks>
internal static class RateLimitScript
{
    /// <summary>KEYS: one for each limit. ARGV: 1 to count or 0 to look only; then count, interval and cost of each.</summary>
    public const string Text =
        """
        local clock = redis.call('TIME')
        local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2])
        local counts = ARGV[1] == '1'
        local room = true
        local debts = {}
        local answer = {}
        for i = 1, #KEYS do
            local count = tonumber(ARGV[3 * i - 1])
            local interval = tonumber(ARGV[3 * i])
            local cost = tonumber(ARGV[3 * i + 1])
            local debt = 0
            local value = redis.call('GET', KEYS[i])
            if value then
                local time, before = string.match(value, '^(%d+) (%d+)$')
                if time then
                    debt = math.max(0, tonumber(time) - now)
                    if tonumber(before) ~= interval then
                        debt = math.ceil(debt / tonumber(before)) * interval
                    end
                end
            end
            local wait = math.max(0, debt + cost * interval - count * interval)
            if wait > 0 then
                room = false
            end
            debts[i] = debt + cost * interval
            answer[2 * i - 1] = math.ceil(debt / interval)
            answer[2 * i] = wait
        end
        if room and counts then
            for i = 1, #KEYS do
                redis.call('SET', KEYS[i], string.format('%.0f %.0f', now + debts[i], tonumber(ARGV[3 * i])),
                    'PX', string.format('%.0f', math.ceil(debts[i] / 1000) + 1))
            end
        end
        return answer
        """;
}
