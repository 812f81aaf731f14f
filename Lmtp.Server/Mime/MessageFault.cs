namespace Lmtp.Server.Mime;

/// <summary>Why a message cannot be stored although it was received whole.</summary>
public enum MessageFault
{
    /// <summary>It can be stored.</summary>
    None,

    /// <summary>Its parts are nested deeper than the database takes. To be answered 554 5.6.0.</summary>
    TooDeep,

    /// <summary>What has to stay in the message document exceeds the database's limit. To be answered 552 5.3.4.</summary>
    TooLarge,
}
