namespace Lmtp.Admin.Components.Parts;

/// <summary>How serious a notice is.</summary>
public enum NoticeKind
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>It worked.</summary>
    Success,

    /// <summary>Something failed.</summary>
    Error,
}
