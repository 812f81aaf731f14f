namespace Lmtp.Server.Protocol.Grammar;

/// <summary>The first word of a command line.</summary>
internal enum Verb
{
    Unknown,
    Lhlo,
    Helo,
    Ehlo,
    Mail,
    Rcpt,
    Data,
    Bdat,
    Rset,
    Noop,
    Vrfy,
    Expn,
    Help,
    Quit,
    StartTls,
    Auth,
    Xclient,
    Xforward,

    /// <summary>A PROXY header (version 1) where none is expected.</summary>
    Proxy,

    /// <summary>The method of an HTTP request line.</summary>
    HttpMethod,
}
