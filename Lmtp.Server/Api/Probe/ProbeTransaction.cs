using System.Text;
using Lmtp.Contracts;

namespace Lmtp.Server.Api.Probe;

/// <summary>One mail transaction of a probe, with what became of each recipient.</summary>
internal sealed class ProbeTransaction(ProbeConnection connection, ProbeSession session, LmtpSendRequest request)
{
    private readonly ProbeReply?[] _replies = new ProbeReply?[request.To.Count];
    private readonly bool[] _delivered = new bool[request.To.Count];

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sender = await connection.CommandAsync($"MAIL FROM:<{request.From}>{Parameters()}", cancellationToken);
        if (!sender.IsPositive)
        {
            throw new ProbeException($"The sender was refused: {sender}");
        }

        List<int> accepted = [];
        for (var i = 0; i < request.To.Count; i++)
        {
            var reply = await connection.CommandAsync($"RCPT TO:<{request.To[i]}>", cancellationToken);
            _replies[i] = reply;
            if (reply.IsPositive)
            {
                accepted.Add(i);
            }
        }

        if (accepted.Count > 0)
        {
            await SendAsync(accepted, now, cancellationToken);
        }
    }

    public IReadOnlyList<LmtpDeliveryStatusResponse> Statuses(string? failure) =>
        [.. request.To.Select((recipient, i) => new LmtpDeliveryStatusResponse(
            recipient,
            _replies[i]?.Code ?? 0,
            _replies[i]?.ToString() ?? failure ?? "No answer.",
            _delivered[i]))];

    private async Task SendAsync(List<int> accepted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var go = await connection.CommandAsync("DATA", cancellationToken);
        if (!go.IsIntermediate)
        {
            throw new ProbeException($"DATA was refused: {go}");
        }

        var message = await ProbeMessage.ComposeAsync(
            request.From, request.To, request.Subject ?? string.Empty, request.Body ?? string.Empty, now, cancellationToken);
        await connection.SendDataAsync(message, cancellationToken);
        foreach (var i in accepted)
        {
            // Until its answer is there, a recipient that RCPT accepted has nothing yet.
            _replies[i] = null;
        }

        foreach (var i in accepted)
        {
            _replies[i] = await connection.ReadReplyAsync("delivery", cancellationToken);
            _delivered[i] = _replies[i]!.IsPositive;
        }
    }

    private string Parameters() =>
        session.Offers("SMTPUTF8") && !request.To.Append(request.From).All(static address => Ascii.IsValid(address))
            ? " SMTPUTF8"
            : string.Empty;
}
