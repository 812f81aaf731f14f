using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace Lmtp.Admin.Accounts;

/// <summary>
/// Keeps the keys that sessions and second factors are encrypted with in a list in Redis, where all replicas of the portal
/// find them.
/// </summary>
/// <remarks>
/// The framework asks for its keys synchronously, at start and then once a day, and keeps them in memory meanwhile.
/// </remarks>
internal sealed class RedisKeyRepository(IConnectionMultiplexer redis) : IXmlRepository
{
    /// <summary>The name of the list.</summary>
    public const string Key = "lmtp:portal:keys";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. redis.GetDatabase().ListRange(Key).Select(static element => XElement.Parse(element.ToString()))];

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        redis.GetDatabase().ListRightPush(Key, element.ToString(SaveOptions.DisableFormatting));
    }
}
