namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>Bytes on disk are not what was written.</summary>
internal sealed class CorruptDataException : StorageException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="file">The file, its full path.</param>
    /// <param name="offset">Where in the file the damaged part begins, in bytes.</param>
    /// <param name="what">What is wrong there.</param>
    public CorruptDataException(string file, long offset, string what)
        : base(8, "UnknownError", $"data file {Path.GetFileName(file)} is damaged at offset {offset}: {what}")
    {
        File = file;
        Offset = offset;
    }

    /// <summary>The file, its full path.</summary>
    public string File { get; }

    /// <summary>Where in the file the damaged part begins, in bytes.</summary>
    public long Offset { get; }
}
