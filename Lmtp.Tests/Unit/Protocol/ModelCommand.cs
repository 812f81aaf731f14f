namespace Lmtp.Tests.Unit.Protocol;

/// <summary>The kinds of steps that the model knows.</summary>
internal enum ModelCommand
{
    Lhlo,
    Mail,
    GoodRcpt,
    UnknownRcpt,
    Data,
    Bdat,
    LastBdat,
    Rset,
    Noop,
    Vrfy,
    Ehlo,
    Unknown,
    Garbage,
    LongLine,
    Quit,
}
