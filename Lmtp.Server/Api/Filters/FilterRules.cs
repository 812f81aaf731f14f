using System.Text.Json;
using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Filters.Extensions;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Filters;

/// <summary>What a request about a filter may hold.</summary>
internal static class FilterRules
{
    private const int MaxTextLength = 256;
    private const int MaxTargets = 64;
    private const int MaxTargetLength = 1024;
    private const int MaxExtensionLength = 64 * 1024;

    public static FieldErrors Check(FilterRequest request)
    {
        var errors = new FieldErrors();
        errors.Text("name", request.Name, MaxTextLength);
        CheckQuery(errors, request.Query);
        CheckAction(errors, request.Action);
        CheckExtension(errors, request.Extension);
        return errors;
    }

    private static void CheckQuery(FieldErrors errors, FilterQuery query)
    {
        errors.Text("query.from", query.From, MaxTextLength);
        errors.Text("query.to", query.To, MaxTextLength);
        errors.Text("query.subject", query.Subject, MaxTextLength);
        errors.Text("query.listId", query.ListId, MaxTextLength);
        errors.Text("query.text", query.Text, MaxTextLength);
        errors.Range("query.size", query.Size, int.MinValue, int.MaxValue);
    }

    private static void CheckAction(FieldErrors errors, FilterAction action)
    {
        if (action.Mailbox is not null && !ObjectId.TryParse(action.Mailbox, out _))
        {
            errors.Add("action.mailbox", "Must be 24 hexadecimal digits.");
        }

        if (action.Targets is { Count: > MaxTargets })
        {
            errors.Add("action.targets", $"At most {MaxTargets} targets.");
        }

        foreach (var target in (action.Targets ?? []).Take(MaxTargets))
        {
            errors.Text("action.targets", target, MaxTargetLength);
            if (target is null || ForwardTargetDocument.Parse(target) is null)
            {
                errors.Add("action.targets", "Neither an address nor an smtp, smtps, http or https URL.");
            }
        }
    }

    private static void CheckExtension(FieldErrors errors, JsonElement? extension)
    {
        if (extension is not { ValueKind: not JsonValueKind.Null } given)
        {
            return;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            errors.Add("extension", "Must be an object.");
            return;
        }

        if (given.GetRawText().Length > MaxExtensionLength)
        {
            errors.Add("extension", $"At most {MaxExtensionLength} characters.");
            return;
        }

        foreach (var fault in FilterExtensionParser.Parse(PlainValues.Of(JsonBson.ToBson(given).AsBsonDocument)).Faults)
        {
            errors.Add($"extension.{fault.Field}", fault.Message);
        }
    }
}
