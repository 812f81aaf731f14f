namespace Lmtp.Admin.Components.Limits;

/// <summary>Whose limits are looked at.</summary>
public enum LimitSubjectKind
{
    /// <summary>A user, by id.</summary>
    User,

    /// <summary>A domain.</summary>
    Domain,

    /// <summary>An envelope sender.</summary>
    Sender,

    /// <summary>A client address.</summary>
    Client,
}
