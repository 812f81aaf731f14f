using System.Text.Json;
using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Filters;
using Lmtp.Server.Filters.Extensions;
using MongoDB.Bson;
using FilterAction = Lmtp.Server.Filters.FilterAction;
using FilterQuery = Lmtp.Server.Filters.FilterQuery;

namespace Lmtp.Server.Api.Explain;

/// <summary>Makes filters of what users write, and says of each field what is wrong with it.</summary>
internal static class FilterDefinitionMapping
{
    private const string New = "new";
    private const int MaxText = 1024;
    private const int MaxName = 256;

    public static UserFilter ToFilter(this FilterDefinition definition, string field, FieldErrors errors)
    {
        var (extension, faults) = ToExtension(definition.Lmtp, $"{field}.lmtp", errors);
        foreach (var fault in faults)
        {
            errors.Add($"{field}.lmtp.{fault.Field}", fault.Message);
        }

        errors.Text($"{field}.name", definition.Name, MaxName);
        if (definition.Id is { } id && !ObjectId.TryParse(id, out _))
        {
            errors.Add($"{field}.id", "must be 24 hexadecimal digits");
        }

        return new UserFilter
        {
            Id = definition.Id ?? New,
            Name = definition.Name,
            Query = ToQuery(definition.Query ?? new(), $"{field}.query", errors),
            Action = ToAction(definition.Action ?? new(), $"{field}.action", errors),
            Extension = extension,
        };
    }

    private static FilterQuery ToQuery(FilterDefinitionQuery query, string field, FieldErrors errors)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, name, text) in new[]
        {
            ("from", "from", query.From),
            ("to", "to", query.To),
            ("subject", "subject", query.Subject),
            ("listId", "list-id", query.ListId),
        })
        {
            errors.Text($"{field}.{key}", text, MaxText);
            if (!string.IsNullOrEmpty(text))
            {
                headers[name] = text;
            }
        }

        errors.Text($"{field}.text", query.Text, MaxText);
        return new FilterQuery { Headers = headers, Text = query.Text, HasAttachments = query.Ha, Size = query.Size ?? 0 };
    }

    private static FilterAction ToAction(FilterDefinitionAction action, string field, FieldErrors errors)
    {
        if (action.Mailbox is { } mailbox && !ObjectId.TryParse(mailbox, out _))
        {
            errors.Add($"{field}.mailbox", "must be 24 hexadecimal digits");
        }

        return new FilterAction
        {
            Seen = action.Seen,
            Flag = action.Flag,
            Delete = action.Delete,
            Spam = action.Spam,
            Mailbox = action.Mailbox,
            Order = ["seen", "flag"],
        };
    }

    private static (FilterExtension? Extension, IReadOnlyList<FilterFault> Faults) ToExtension(
        JsonElement? document, string field, FieldErrors errors)
    {
        switch (document?.ValueKind)
        {
            case null or JsonValueKind.Null or JsonValueKind.Undefined:
                return (null, []);
            case JsonValueKind.Object:
                return FilterExtensionParser.Parse(JsonPlainValues.Of(document.Value));
            default:
                errors.Add(field, "must be an object");
                return (null, []);
        }
    }
}
