using Lmtp.Server.Api.Problems;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Messages;

/// <summary>What a change of many messages may name: as many as a page of a list can hold, each once.</summary>
internal static class BulkRules
{
    private const string Field = "messages";

    /// <summary>The ids of the messages in their order; what is wrong with them is added to the errors.</summary>
    public static IReadOnlyList<ObjectId> Ids(IReadOnlyList<string> messages, ApiOptions options, FieldErrors errors)
    {
        if (messages.Count == 0 || messages.Count > options.MaxPageSize)
        {
            errors.Add(Field, $"1 to {options.MaxPageSize} messages.");
            return [];
        }

        var ids = new List<ObjectId>(messages.Count);
        foreach (var message in messages)
        {
            if (ObjectId.TryParse(message, out var id))
            {
                ids.Add(id);
            }
            else
            {
                errors.Add(Field, "Each must be 24 hexadecimal digits.");
                return [];
            }
        }

        return [.. ids.Distinct()];
    }
}
