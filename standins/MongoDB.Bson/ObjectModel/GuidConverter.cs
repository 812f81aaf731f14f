namespace MongoDB.Bson;

/// <summary>Converts between a <see cref="Guid"/> and the bytes that represent it.</summary>
public static class GuidConverter
{
    /// <summary>Reads a Guid from 16 bytes.</summary>
    public static Guid FromBytes(byte[] bytes, GuidRepresentation representation)
    {
        if (bytes.Length != 16)
        {
            throw new ArgumentException($"Length of byte array must be 16, not {bytes.Length}.", nameof(bytes));
        }

        switch (representation)
        {
            case GuidRepresentation.CSharpLegacy:
                return new Guid(bytes);
            case GuidRepresentation.JavaLegacy:
                var reversed = (byte[])bytes.Clone();
                Array.Reverse(reversed, 0, 8);
                Array.Reverse(reversed, 8, 8);
                return new Guid(reversed, bigEndian: true);
            case GuidRepresentation.Standard:
            case GuidRepresentation.PythonLegacy:
                return new Guid(bytes, bigEndian: true);
            case GuidRepresentation.Unspecified:
                throw new InvalidOperationException("Unable to convert byte array to Guid because GuidRepresentation is Unspecified.");
            default:
                throw new BsonInternalException("Unexpected GuidRepresentation.");
        }
    }

    /// <summary>The binary subtype that goes with a representation.</summary>
    public static BsonBinarySubType GetSubType(GuidRepresentation guidRepresentation)
    {
        return guidRepresentation switch
        {
            GuidRepresentation.Standard => BsonBinarySubType.UuidStandard,
            GuidRepresentation.CSharpLegacy or GuidRepresentation.JavaLegacy or GuidRepresentation.PythonLegacy => BsonBinarySubType.UuidLegacy,
            GuidRepresentation.Unspecified => throw new InvalidOperationException("GuidRepresentation cannot be Unspecified."),
            _ => throw new ArgumentException($"Invalid guidRepresentation: {guidRepresentation}.", nameof(guidRepresentation)),
        };
    }

    /// <summary>The 16 bytes of a Guid.</summary>
    public static byte[] ToBytes(Guid guid, GuidRepresentation guidRepresentation)
    {
        switch (guidRepresentation)
        {
            case GuidRepresentation.CSharpLegacy:
                return guid.ToByteArray();
            case GuidRepresentation.JavaLegacy:
                var bytes = guid.ToByteArray(bigEndian: true);
                Array.Reverse(bytes, 0, 8);
                Array.Reverse(bytes, 8, 8);
                return bytes;
            case GuidRepresentation.Standard:
            case GuidRepresentation.PythonLegacy:
                return guid.ToByteArray(bigEndian: true);
            case GuidRepresentation.Unspecified:
                throw new InvalidOperationException("Unable to convert Guid to byte array because GuidRepresentation is Unspecified.");
            default:
                throw new BsonInternalException("Unexpected GuidRepresentation.");
        }
    }
}
