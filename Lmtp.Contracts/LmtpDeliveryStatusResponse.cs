namespace Lmtp.Contracts;

/// <summary>What an LMTP server said of one recipient.</summary>
/// <param name="Recipient">The address.</param>
/// <param name="Code">The reply code of RCPT where it refused, else of the end of DATA; 0 when there was none.</param>
/// <param name="Message">The reply as it came, or why there is none.</param>
/// <param name="Delivered">Whether the server took the message for this recipient.</param>
public sealed record LmtpDeliveryStatusResponse(string Recipient, int Code, string Message, bool Delivered);
