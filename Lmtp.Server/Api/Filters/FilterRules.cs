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
    private const int MaxOrder = 1_000_000;

    /// <summary>Everything that is wrong with a filter, by field.</summary>
    public static async Task<FieldErrors> CheckAsync(
        ObjectId user, FilterRequest request, MailboxStore mailboxes, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Text("name", request.Name, MaxTextLength);
        errors.Range("order", request.Order, -MaxOrder, MaxOrder);
        CheckQuery(errors, request.Query ?? new FilterQuery());
        CheckAction(errors, request.Action ?? new FilterAction());
        CheckExtension(errors, request.Extension ?? new FilterExtension());
        if (ObjectId.TryParse(request.Action?.Mailbox, out var mailbox)
            && await mailboxes.GetAsync(user, mailbox, cancellationToken) is null)
        {
            errors.Add("action.mailbox", "This user has no such mailbox.");
        }

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

        foreach (var (index, target) in (action.Targets ?? []).Take(MaxTargets).Index())
        {
            var field = $"action.targets[{index}]";
            errors.Text(field, target, MaxTargetLength);
            if (target is null || ForwardTargetDocument.Parse(target) is null)
            {
                errors.Add(field, "Neither an address nor an smtp, smtps, http or https URL.");
            }
        }
    }

    private static void CheckExtension(FieldErrors errors, FilterExtension extension)
    {
        foreach (var fault in FilterExtensionParser.Parse(extension.ToPlainValues()).Faults)
        {
            errors.Add($"extension.{fault.Field}", fault.Message);
        }
    }
}
