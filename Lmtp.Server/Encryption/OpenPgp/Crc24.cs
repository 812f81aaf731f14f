namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>The checksum of armour (RFC 4880 section 6.1).</summary>
internal sealed class Crc24
{
    private const uint Polynomial = 0x1864CFB;
    private const uint Mask = 0xFFFFFF;

    private static readonly uint[] Table = MakeTable();

    private uint _value = 0xB704CE;

    /// <summary>Takes in the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var value = _value;
        foreach (var next in bytes)
        {
            value = ((value << 8) & Mask) ^ Table[(byte)(value >> 16) ^ next];
        }

        _value = value;
    }

    /// <summary>The checksum of all bytes, highest first.</summary>
    public byte[] Value() => [(byte)(_value >> 16), (byte)(_value >> 8), (byte)_value];

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var index = 0U; index < table.Length; index++)
        {
            var value = index << 16;
            for (var bit = 0; bit < 8; bit++)
            {
                value <<= 1;
                value ^= (value & 0x1000000) != 0 ? Polynomial : 0;
            }

            table[index] = value & Mask;
        }

        return table;
    }
}
