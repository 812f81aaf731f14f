namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>The settings that a conformance case runs with.</summary>
public enum ConformanceProfile
{
    Default,
    Normalise,
    Reject,
    Auth,
    AuthRequired,
    Relay,
}
