namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>The point in a session at which a case begins.</summary>
internal enum Start
{
    Greeting,
    Lhlo,
    Mail,
    Rcpt,
    Data,
}
