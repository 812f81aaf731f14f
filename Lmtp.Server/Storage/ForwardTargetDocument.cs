using Lmtp.Server.Filters;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>The <c>targets</c> of users, filters and forwarded addresses. Specification sections 2.1, 2.2 and 2.10.</summary>
internal static class ForwardTargetDocument
{
    /// <summary>The targets as WildDuck's API stores them.</summary>
    public static BsonArray ToBson(IEnumerable<ForwardTarget> targets) => new(targets.Select(target => new BsonDocument
    {
        { "id", ObjectId.GenerateNewId() },
        { "type", target.Type },
        { "value", target.Value },
    }));

    /// <summary>
    /// Reads a target as it is written in requests: an address, <c>smtp://host:port</c>, <c>smtps://…</c>, or the URL that
    /// takes the message; null for anything else.
    /// </summary>
    public static ForwardTarget? Parse(string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0)
        {
            return url.Scheme switch
            {
                "smtp" or "smtps" => new ForwardTarget("relay", text),
                "http" or "https" => new ForwardTarget("http", text),
                _ => null,
            };
        }

        return AddressStore.IsStorable(MailAddressNormalizer.WithoutTag(text), allowWildcard: false)
            ? new ForwardTarget("mail", text)
            : null;
    }
}
