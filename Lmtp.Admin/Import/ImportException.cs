namespace Lmtp.Admin.Import;

/// <summary>A file that cannot be imported; the message is for whoever chose it.</summary>
internal sealed class ImportException(string message) : Exception(message)
{
    public ImportException()
        : this(string.Empty)
    {
    }

    /// <summary>What is wrong at a line.</summary>
    public static ImportException At(int line, string what) =>
        new(FilledText.Of(Resources.Texts.AtLine, line, what));
}
