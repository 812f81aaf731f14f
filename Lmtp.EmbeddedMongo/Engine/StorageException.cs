namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>An error of the storage engine that a client is to see, with MongoDB's code and name for it.</summary>
internal class StorageException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="code">MongoDB's error code.</param>
    /// <param name="codeName">MongoDB's name of the code.</param>
    /// <param name="message">The message for the client.</param>
    /// <param name="inner">What caused it.</param>
    public StorageException(int code, string codeName, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        CodeName = codeName;
    }

    /// <summary>MongoDB's error code.</summary>
    public int Code { get; }

    /// <summary>MongoDB's name of the code.</summary>
    public string CodeName { get; }

    /// <summary>An index that cannot be (67).</summary>
    public static StorageException CannotCreateIndex(string message) => new(67, "CannotCreateIndex", message);

    /// <summary>No such collection (26).</summary>
    public static StorageException NamespaceNotFound(Namespace ns) => new(26, "NamespaceNotFound", $"ns not found: {ns}");

    /// <summary>The collection is there already (48).</summary>
    public static StorageException NamespaceExists(Namespace ns) =>
        new(48, "NamespaceExists", $"a collection '{ns}' already exists");

    /// <summary>No such index (27).</summary>
    public static StorageException IndexNotFound(string name) =>
        new(27, "IndexNotFound", $"index not found with name [{name}]");

    /// <summary>The database is being closed (91).</summary>
    public static StorageException Closed() => new(91, "ShutdownInProgress", "the database is being closed");

    /// <summary>Writing failed, and nothing more is written (14031 for a full disk, else 39).</summary>
    public static StorageException ReadOnly(Exception exception)
    {
        const int NoSpace = 28;
        const int QuotaExceeded = 122;
        const int WindowsDiskFull = unchecked((int)0x80070070);
        return exception.HResult is NoSpace or QuotaExceeded or WindowsDiskFull
            ? new(14031, "OutOfDiskSpace", $"the disk is full, the database is read-only: {exception.Message}", exception)
            : new(39, "FileStreamFailed", $"writing failed, the database is read-only: {exception.Message}", exception);
    }

    /// <summary>A file could not be read (39).</summary>
    public static StorageException Unreadable(string file, long offset, Exception exception) =>
        new(39, "FileStreamFailed", $"data file {Path.GetFileName(file)} could not be read at offset {offset}: {exception.Message}", exception);

    /// <summary>An error that happened before, for one more who is to be told of it.</summary>
    public static StorageException Again(StorageException earlier) => new(earlier.Code, earlier.CodeName, earlier.Message, earlier);
}
