using System.Collections.Concurrent;
using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>WildDuck's settings that are kept in the database. Specification section 2.14.</summary>
public sealed class SettingsStore(MailDatabase database, TimeProvider time)
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (long Read, JsonElement? Value)> _cache = new(StringComparer.Ordinal);

    /// <summary>
    /// A number, at most five seconds old; <paramref name="defaultValue"/> when it is not set or no number.
    /// </summary>
    public async Task<long> GetCachedNumberAsync(string key, long defaultValue, CancellationToken cancellationToken) =>
        await ReadCachedAsync(key, cancellationToken) is { ValueKind: JsonValueKind.Number } value
        && value.TryGetInt64(out var number)
            ? number
            : defaultValue;

    /// <summary>Whether a switch is on, at most five seconds old as WildDuck itself reads it.</summary>
    public async Task<bool> GetCachedBooleanAsync(string key, CancellationToken cancellationToken) =>
        await ReadCachedAsync(key, cancellationToken) is { ValueKind: JsonValueKind.True };

    private async Task<JsonElement?> ReadCachedAsync(string key, CancellationToken cancellationToken)
    {
        if (!_cache.TryGetValue(key, out var cached) || time.GetElapsedTime(cached.Read) > CacheTime)
        {
            cached = (time.GetTimestamp(), await ReadAsync(key, cancellationToken));
            _cache[key] = cached;
        }

        return cached.Value;
    }

    private async Task<JsonElement?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var document = await database.Settings
            .Find(Builders<BsonDocument>.Filter.Eq("key", key))
            .FirstOrDefaultAsync(cancellationToken);
        try
        {
            return document?.StringOrNull("value") is { } text ? JsonElement.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
