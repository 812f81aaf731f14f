using Lmtp.Server.Delivery;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>
/// Notices when the client knows the answers of its last message: once it sends something after they were sent. What
/// it had pipelined before does not show that.
/// </summary>
internal struct AnswerConfirmation
{
    private MailTransaction? _answered;
    private int _arrivals;

    /// <summary>Notes that the answers of this transaction are sent.</summary>
    public void Await(MailTransaction answered, SessionTransport transport)
    {
        _answered = answered;
        _arrivals = transport.Arrivals;
    }

    /// <summary>Notes that a line has come; tells delivery when it shows that the client has the answers.</summary>
    public void LineCame(SessionTransport transport, IDeliveryAgent agent)
    {
        if (_answered is { } answered && transport.Arrivals > _arrivals)
        {
            _answered = null;
            agent.ConfirmAnswers(answered);
        }
    }
}
