using System.Globalization;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Messages;

/// <summary>
/// What a request says with If-Match about the message that it changes. The state of a message is its modseq, which
/// every change of its flags and place raises.
/// </summary>
internal sealed class MessageCondition
{
    private readonly MessageStore _messages;
    private readonly ObjectId _user;
    private readonly ObjectId _id;

    private MessageCondition(MessageStore messages, ObjectId user, ObjectId id)
    {
        _messages = messages;
        _user = user;
        _id = id;
    }

    /// <summary>The message as it is now; null when there is none.</summary>
    public MessageSummary? Found { get; private init; }

    /// <summary>The modseq that the message must still have when it is changed; null: any.</summary>
    public long? Modseq { get; private init; }

    /// <summary>The answer to a request that cannot be followed; null when it can.</summary>
    public ProblemHttpResult? Refusal { get; private init; }

    /// <summary>The entity tag of a message's state.</summary>
    public static string TagOf(MessageSummary message) =>
        EntityTag.Of(string.Create(CultureInfo.InvariantCulture, $"{message.Id} {message.Modseq}"));

    /// <summary>Reads the message and compares it with what the request expects.</summary>
    public static async Task<MessageCondition> ReadAsync(
        HttpRequest request, MessageStore messages, ObjectId user, ObjectId id, CancellationToken cancellationToken)
    {
        var found = await messages.GetSummaryAsync(user, id, cancellationToken);
        return new MessageCondition(messages, user, id)
        {
            Found = found,
            Modseq = request.Headers.IfMatch.Count == 0 ? null : found?.Modseq,
            Refusal = found is null
                ? ApiProblem.NotFound("message")
                : EntityTag.IsMatch(request, TagOf(found)) ? null : ApiProblem.PreconditionFailed("message"),
        };
    }

    /// <summary>The answer where the message was changed or removed by somebody else just before.</summary>
    public async Task<ProblemHttpResult> RefuseAsync(CancellationToken cancellationToken) =>
        Modseq is not null && await _messages.GetSummaryAsync(_user, _id, cancellationToken) is not null
            ? ApiProblem.PreconditionFailed("message")
            : ApiProblem.NotFound("message");
}
