namespace MongoDB.Bson.IO;

/// <summary>A buffer of bytes that may be shared by slices.</summary>
public interface IByteBuffer : IDisposable
{
    /// <summary>How many bytes fit.</summary>
    int Capacity { get; }

    /// <summary>Whether the bytes cannot be changed.</summary>
    bool IsReadOnly { get; }

    /// <summary>How many bytes there are.</summary>
    int Length { get; set; }

    /// <summary>The array behind the bytes from a position on.</summary>
    ArraySegment<byte> AccessBackingBytes(int position);

    /// <summary>Zeroes bytes.</summary>
    void Clear(int position, int count);

    /// <summary>Makes room.</summary>
    void EnsureCapacity(int minimumCapacity);

    /// <summary>One byte.</summary>
    byte GetByte(int position);

    /// <summary>Copies bytes out.</summary>
    void GetBytes(int position, byte[] destination, int offset, int count);

    /// <summary>A part of the buffer that shares its bytes.</summary>
    IByteBuffer GetSlice(int position, int length);

    /// <summary>Forbids changes from now on.</summary>
    void MakeReadOnly();

    /// <summary>Writes one byte.</summary>
    void SetByte(int position, byte value);

    /// <summary>Copies bytes in.</summary>
    void SetBytes(int position, byte[] source, int offset, int count);
}
