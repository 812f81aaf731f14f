using System.Security.Cryptography;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>
/// SHA-256 of a body in DKIM's relaxed form (RFC 6376 section 3.4.4), with which the sender signs the message without
/// reading it again. Bodies come in pieces.
/// </summary>
internal sealed class RelaxedBodyHash : IDisposable
{
    private const int BufferSize = 8192;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _count;
    private long _lineEnds;
    private bool _space;
    private bool _carriageReturn;
    private bool _written;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            AppendByte(value);
        }
    }

    /// <summary>The digest in base64; nothing may be added after it.</summary>
    public string Finish()
    {
        if (_carriageReturn)
        {
            Put((byte)'\r');
        }

        // White space and empty lines at the end do not count; a body of nothing else is empty.
        if (_written)
        {
            PutLineEnd();
        }

        Flush();
        return Convert.ToBase64String(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void AppendByte(byte value)
    {
        if (_carriageReturn)
        {
            _carriageReturn = false;
            if (value != '\n')
            {
                Put((byte)'\r');
            }
        }

        switch (value)
        {
            case (byte)'\r':
                _carriageReturn = true;
                break;
            case (byte)'\n':
                _space = false;
                _lineEnds++;
                break;
            case (byte)' ' or (byte)'\t':
                _space = true;
                break;
            default:
                Put(value);
                break;
        }
    }

    // What was held back counts, now that something follows it.
    private void Put(byte value)
    {
        for (; _lineEnds > 0; _lineEnds--)
        {
            PutLineEnd();
        }

        if (_space)
        {
            _space = false;
            PutRaw((byte)' ');
        }

        PutRaw(value);
    }

    private void PutLineEnd()
    {
        PutRaw((byte)'\r');
        PutRaw((byte)'\n');
    }

    private void PutRaw(byte value)
    {
        if (_count == BufferSize)
        {
            Flush();
        }

        _written = true;
        _buffer[_count++] = value;
    }

    private void Flush()
    {
        _hash.AppendData(_buffer.AsSpan(0, _count));
        _count = 0;
    }
}
