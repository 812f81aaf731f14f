using System.Text;
using Lmtp.Server.Filters;
using Lmtp.Server.Filters.Extensions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Reads the filters of users and the rules for sender domains. Specification sections 2.10 and 2.12.</summary>
public sealed class FilterStore(MailDatabase database)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>The filters of a user that are switched on, oldest first.</summary>
    public async Task<IReadOnlyList<UserFilter>> ListActiveAsync(ObjectId user, CancellationToken cancellationToken)
    {
        var documents = await database.Filters
            .Find(Filter.Eq("user", user) & Filter.Ne("disabled", true))
            .Sort(Builders<BsonDocument>.Sort.Ascending("_id"))
            .ToListAsync(cancellationToken);
        return [.. documents.Where(document => document.DocumentOrNull("query") is not null).Select(ToFilter)];
    }

    /// <summary>The rule for a sender domain that applies to users with one of these tags, or null.</summary>
    public async Task<DomainAccessRule?> FindDomainAccessAsync(
        IReadOnlyList<string> tagViews, string domain, CancellationToken cancellationToken)
    {
        var document = await database.DomainAccess
            .Find(Filter.In("tag", tagViews) & Filter.Eq("domain", domain))
            .FirstOrDefaultAsync(cancellationToken);
        return document?.StringOrNull("action") is "block" or "allow"
            ? new DomainAccessRule(
                document["_id"].AsObjectId.ToString(),
                document.StringOrEmpty("tag"),
                domain,
                document.StringOrEmpty("action") == "block")
            : null;
    }

    internal static UserFilter ToFilter(BsonDocument document)
    {
        var filter = new UserFilter
        {
            Id = document.StringOrNull("id") ?? document["_id"].ToString()!,
            Name = document.StringOrNull("name"),
            Created = document.TimeOrNull("created"),
            Query = ToQuery(document.DocumentOrNull("query") ?? []),
            Action = ToAction(document.DocumentOrNull("action") ?? []),
        };
        if (document.DocumentOrNull("lmtp") is not { } lmtp)
        {
            return filter;
        }

        var (extension, faults) = FilterExtensionParser.Parse(PlainValues.Of(lmtp));
        return filter with { Extension = extension, Faults = faults };
    }

    private static FilterQuery ToQuery(BsonDocument query)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in query.DocumentOrNull("headers") ?? [])
        {
            if (element.Value is BsonString { Value.Length: > 0 } text)
            {
                headers[HeaderName(element.Name)] = text.Value;
            }
        }

        return new FilterQuery
        {
            Headers = headers,
            Text = query.StringOrNull("text"),
            HasAttachments = query.GetValue("ha", BsonNull.Value) is BsonBoolean attachments ? attachments.Value : null,
            Size = query.Number("size"),
        };
    }

    private static FilterAction ToAction(BsonDocument action) => new()
    {
        Seen = Decision(action, "seen"),
        Flag = Decision(action, "flag"),
        Delete = Decision(action, "delete"),
        Spam = action.GetValue("spam", BsonNull.Value).IsBsonNull ? null : Decision(action, "spam"),
        Mailbox = action.IdOrNull("mailbox")?.ToString(),
        Targets = ToTargets(action.GetValue("targets", BsonNull.Value)),
        Order = [.. action.Names],
    };

    internal static IReadOnlyList<ForwardTarget> ToTargets(BsonValue targets) => targets is BsonArray array
        ? [.. array.OfType<BsonDocument>()
            .Select(target => new ForwardTarget(target.StringOrEmpty("type"), target.StringOrEmpty("value"))
            {
                User = target.GetValue("user", BsonNull.Value) is BsonObjectId user ? user.ToString() : null,
            })]
        : [];

    // An action that is there decides, also with null or false; one that is not leaves it to the next filter.
    private static bool? Decision(BsonDocument action, string name) => action.Contains(name) ? action.IsTrue(name) : null;

    // listId stands for List-Id: each run of capitals becomes a hyphen and small letters.
    private static string HeaderName(string key)
    {
        var name = new StringBuilder(key.Length + 2);
        var afterCapital = false;
        foreach (var character in key)
        {
            var isCapital = character is >= 'A' and <= 'Z';
            if (isCapital && !afterCapital)
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(character));
            afterCapital = isCapital;
        }

        return name.ToString();
    }
}
