namespace Lmtp.Server.Api.Probe;

/// <summary>How a probe encrypts.</summary>
internal enum ProbeTls
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>After STARTTLS.</summary>
    StartTls,

    /// <summary>From the first byte.</summary>
    Implicit,
}
