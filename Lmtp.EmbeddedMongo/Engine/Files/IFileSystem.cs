namespace Lmtp.EmbeddedMongo.Engine.Files;

/// <summary>
/// The file system as the engine writes to it: everything that can run out of space or report an error goes through here.
/// Errors are <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal interface IFileSystem
{
    /// <summary>Makes a new file; it is an error that there is one of that name.</summary>
    IStorageFile Create(string path);

    /// <summary>Opens a file that is there, for reading and writing.</summary>
    IStorageFile Open(string path);

    /// <summary>Deletes a file.</summary>
    void Delete(string path);

    /// <summary>Renames a file; one that has the new name already is replaced in the same step.</summary>
    void Replace(string from, string to);

    /// <summary>Puts the names of a folder's files on disk.</summary>
    void FlushDirectory(string directory);
}
