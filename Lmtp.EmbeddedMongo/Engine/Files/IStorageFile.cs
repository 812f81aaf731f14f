namespace Lmtp.EmbeddedMongo.Engine.Files;

/// <summary>An open file of the database. Reads and writes name their place; several may go on at once.</summary>
internal interface IStorageFile : IDisposable
{
    /// <summary>Reads bytes.</summary>
    /// <returns>How many there were; 0 at the end of the file.</returns>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Reads bytes.</summary>
    /// <returns>How many there were; 0 at the end of the file.</returns>
    ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken);

    /// <summary>Writes all of the bytes. After an error some of them may have been written.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts the file off, or makes it longer.</summary>
    void SetLength(long length);

    /// <summary>Puts everything written so far on disk.</summary>
    void Flush();
}
