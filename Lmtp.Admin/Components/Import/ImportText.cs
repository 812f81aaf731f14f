using Lmtp.Admin.Import;

namespace Lmtp.Admin.Components.Import;

/// <summary>What the states of a row are called.</summary>
internal static class ImportText
{
    public static string Status(ImportStatus status) => status switch
    {
        ImportStatus.Unchecked => Resources.Texts.RowUnchecked,
        ImportStatus.Ready => Resources.Texts.RowReady,
        ImportStatus.Exists => Resources.Texts.RowExists,
        ImportStatus.Invalid => Resources.Texts.RowInvalid,
        ImportStatus.Created => Resources.Texts.RowCreated,
        _ => Resources.Texts.RowFailed,
    };

    /// <summary>The badge that goes with a state.</summary>
    public static string Badge(ImportStatus status) => status switch
    {
        ImportStatus.Created or ImportStatus.Ready => "badge-good",
        ImportStatus.Invalid or ImportStatus.Failed => "badge-bad",
        _ => "badge-warn",
    };
}
