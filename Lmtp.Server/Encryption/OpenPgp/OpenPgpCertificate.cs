namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>A public key with its users, subkeys and the signatures that bind them (RFC 4880 section 11.1).</summary>
internal sealed class OpenPgpCertificate
{
    private OpenPgpCertificate(PublicKeyPacket primary) => Primary = primary;

    public PublicKeyPacket Primary { get; }

    /// <summary>Signatures over the primary key alone.</summary>
    public List<SignaturePacket> Signatures { get; } = [];

    public List<Component> Users { get; } = [];

    public List<Component> Subkeys { get; } = [];

    /// <summary>Reads the packets of the first key; other keys behind it and parts of unsupported kinds are passed over.</summary>
    /// <exception cref="MessageEncryptionException">The packets are damaged, or the primary key is of no supported kind.</exception>
    public static OpenPgpCertificate Read(ReadOnlySpan<byte> packets)
    {
        var reader = new PacketReader(packets);
        OpenPgpCertificate? certificate = null;
        List<SignaturePacket>? signatures = null;
        while (!reader.IsAtEnd)
        {
            var tag = reader.Packet(out var body);
            if (tag is PacketTag.SecretKey or PacketTag.SecretSubkey)
            {
                throw new MessageEncryptionException("The OpenPGP key is a private key.");
            }

            if (tag == PacketTag.PublicKey)
            {
                if (certificate is not null)
                {
                    break;
                }

                certificate = new OpenPgpCertificate(PublicKeyPacket.Read(body)
                    ?? throw new MessageEncryptionException("The OpenPGP key is of a kind that is not supported."));
                signatures = certificate.Signatures;
            }
            else if (certificate is not null)
            {
                signatures = certificate.Add(tag, body, signatures);
            }
        }

        return certificate ?? throw new MessageEncryptionException("The OpenPGP key has no public key in it.");
    }

    /// <summary>Takes in a packet and answers what the signatures behind it belong to; null where that is passed over.</summary>
    private List<SignaturePacket>? Add(PacketTag tag, ReadOnlySpan<byte> body, List<SignaturePacket>? signatures)
    {
        switch (tag)
        {
            case PacketTag.UserId:
                Users.Add(Component.OfUser(body));
                return Users[^1].Signatures;
            case PacketTag.UserAttribute:
                return null;
            case PacketTag.PublicSubkey when PublicKeyPacket.Read(body) is { } key:
                Subkeys.Add(Component.OfSubkey(key));
                return Subkeys[^1].Signatures;
            case PacketTag.PublicSubkey:
                return null;
            case PacketTag.Signature when SignaturePacket.Read(body) is { } signature:
                // Such signatures of the whole key may also stand behind users and subkeys.
                var owner = signature.Type is SignatureType.KeyRevocation or SignatureType.DirectKey ? Signatures : signatures;
                owner?.Add(signature);
                return signatures;
            default:
                return signatures;
        }
    }

    /// <summary>A user or subkey with the signatures that stand behind it.</summary>
    internal sealed class Component
    {
        private Component(byte[] signedData, PublicKeyPacket? key) => (SignedData, Key) = (signedData, key);

        /// <summary>What signatures of this part cover after the primary key.</summary>
        public byte[] SignedData { get; }

        /// <summary>The subkey, where this is one.</summary>
        public PublicKeyPacket? Key { get; }

        public List<SignaturePacket> Signatures { get; } = [];

        public static Component OfUser(ReadOnlySpan<byte> userId)
        {
            var length = new byte[sizeof(int)];
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, userId.Length);
            return new Component([0xB4, .. length, .. userId], key: null);
        }

        public static Component OfSubkey(PublicKeyPacket key) => new(SignatureChecker.KeyData(key), key);
    }
}
