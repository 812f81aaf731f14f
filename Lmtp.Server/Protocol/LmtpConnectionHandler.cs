using Lmtp.Server.Protocol.Listeners;
using Lmtp.Server.Protocol.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Lmtp.Server.Protocol;

/// <summary>Runs a session over each connection that Kestrel accepts on an LMTP listener.</summary>
internal sealed class LmtpConnectionHandler(SessionServices services, OpenSessions sessions) : ConnectionHandler
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var admitted = connection.Features.Get<Admitted>()
            ?? throw new InvalidOperationException("The listener was not wired by ListenerSetup.");
        if (admitted.Refusal is { } refusal)
        {
            await RefusedConnection.AnswerAsync(connection.Transport, refusal, services.Time);
            return;
        }

        var profile = ConnectionProfiles.Of(connection, admitted);
        await using var session = new LmtpSession(connection.Transport, profile, services);
        var stop = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        sessions.Add(session);
        try
        {
            await using (stop.Register(session.RequestStop))
            {
                await session.RunAsync();
            }
        }
        finally
        {
            sessions.Remove(session);
        }

        if (session.WasRefused)
        {
            session.Transport.Release();
            await RefusedConnection.LingerAsync(session.Transport.Pipe.Input, services.Time);
        }
    }
}
