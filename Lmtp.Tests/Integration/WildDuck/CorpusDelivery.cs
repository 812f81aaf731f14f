using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>What two servers answered to one of the real mails.</summary>
internal sealed record CorpusDelivery(string Name, byte[] Message, string OurReply, string TheirReply)
{
    // Eight-bit bytes inside ISO-2022-JP: WildDuck's decoder takes them for pieces of UTF-8, which is not worth copying.
    private static readonly string[] NotReproduced =
    [
        "ruby-mail--attachment_emails-attachment_with_encoded_name",
        "spamassassin--nice-cjk-iso-2022-jp.2",
    ];

    /// <summary>Whether our server means to make the same of it as WildDuck.</summary>
    public bool IsReproduced => !NotReproduced.Contains(Name);

    public bool IsStored => OurReply.StartsWith("250", StringComparison.Ordinal) && !StoredReply.IsDuplicate(OurReply);

    /// <summary>Whether both stored it, both found it there already, or both refused it.</summary>
    public bool IsAnsweredAlike => OurReply[..3] == TheirReply[..3] && StoredReply.IsDuplicate(OurReply) == StoredReply.IsDuplicate(TheirReply);
}
