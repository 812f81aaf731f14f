using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Filters;

/// <summary>Filters as WildDuck's API stores them, and as ours shows them. Specification section 2.10.</summary>
internal static partial class FilterMapping
{
    private const string Extension = "lmtp";
    private const string Order = "order";

    /// <summary>Name, query, action, disabled and extension of a filter's document.</summary>
    /// <param name="request">The filter.</param>
    /// <param name="order">Its place, which stands in the extension.</param>
    public static BsonDocument ToBson(this FilterRequest request, int order)
    {
        var document = new BsonDocument
        {
            { "query", ToBson(request.Query ?? new FilterQuery()) },
            { "action", ToBson(request.Action ?? new FilterAction()) },
            { "disabled", request.Disabled },
        };
        if (!string.IsNullOrEmpty(request.Name))
        {
            document.Add("name", request.Name);
        }

        var extension = new BsonDocument();
        if (order != 0)
        {
            extension.Add(Order, order);
        }

        if (request.Extension is { } given)
        {
            extension.AddRange(FilterExtensionMapping.ToBson(given.ToPlainValues()));
        }

        if (extension.ElementCount > 0)
        {
            document.Add(Extension, extension);
        }

        return document;
    }

    /// <summary>The place of a stored filter among those of its user.</summary>
    public static int OrderOf(BsonDocument document) =>
        (int)Math.Clamp(document.DocumentOrNull(Extension)?.Number(Order) ?? 0, int.MinValue, int.MaxValue);

    public static FilterResponse ToResponse(BsonDocument document)
    {
        var query = document.DocumentOrNull("query") ?? [];
        var headers = query.DocumentOrNull("headers") ?? [];
        var action = document.DocumentOrNull("action") ?? [];
        return new FilterResponse
        {
            Id = document["_id"].ToString()!,
            Name = document.StringOrNull("name"),
            Disabled = document.IsTrue("disabled"),
            Order = OrderOf(document),
            Query = new FilterQuery
            {
                From = headers.StringOrNull("from"),
                To = headers.StringOrNull("to"),
                Subject = headers.StringOrNull("subject"),
                ListId = headers.StringOrNull("listId"),
                Text = query.StringOrNull("text"),
                HasAttachments = BooleanOrNull(query, "ha"),
                Size = query.NumberOrNull("size"),
            },
            Action = new FilterAction
            {
                Seen = BooleanOrNull(action, "seen"),
                Flag = BooleanOrNull(action, "flag"),
                Delete = BooleanOrNull(action, "delete"),
                Spam = BooleanOrNull(action, "spam"),
                Mailbox = action.IdOrNull("mailbox")?.ToString(),
                Targets = action.Contains("targets")
                    ? [.. FilterStore.ToTargets(action["targets"]).Select(target => target.Value)]
                    : null,
            },
            Extension = document.DocumentOrNull(Extension) is { } extension ? FilterExtensionMapping.ToExtension(extension) : null,
            Faults = [.. FilterStore.ToFilter(document).Faults.Select(fault => $"{fault.Field}: {fault.Message}")],
            Created = document.TimeOrDefault("created"),
        };
    }

    private static BsonDocument ToBson(FilterQuery query)
    {
        var headers = new BsonDocument();
        AddText(headers, "from", query.From);
        AddText(headers, "to", query.To);
        AddText(headers, "subject", query.Subject);
        AddText(headers, "listId", query.ListId);
        var document = new BsonDocument("headers", headers);
        AddText(document, "text", query.Text);
        AddFlag(document, "ha", query.HasAttachments);
        if (query.Size is { } size and not 0)
        {
            document.Add("size", BsonFields.ToJavaScriptNumber(size));
        }

        return document;
    }

    private static BsonDocument ToBson(FilterAction action)
    {
        var document = new BsonDocument();
        AddFlag(document, "seen", action.Seen);
        AddFlag(document, "flag", action.Flag);
        AddFlag(document, "delete", action.Delete);
        AddFlag(document, "spam", action.Spam);
        if (action.Targets is { } targets)
        {
            document.Add("targets", ForwardTargetDocument.ToBson(targets.Select(ForwardTargetDocument.Parse).OfType<Server.Filters.ForwardTarget>()));
        }

        if (ObjectId.TryParse(action.Mailbox, out var mailbox))
        {
            document.Add("mailbox", mailbox);
        }

        return document;
    }

    private static void AddText(BsonDocument document, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            document.Add(name, Blanks().Replace(text, " "));
        }
    }

    private static void AddFlag(BsonDocument document, string name, bool? flag)
    {
        if (flag is { } value)
        {
            document.Add(name, value);
        }
    }

    private static bool? BooleanOrNull(BsonDocument document, string name) =>
        document.GetValue(name, BsonNull.Value) is BsonBoolean flag ? flag.Value : null;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
