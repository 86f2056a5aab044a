// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// A way in which the bytes of a request break the rules. After any of them the connection cannot be trusted to be in
/// step: the answer goes out with `Connection: close`.
package enum WireError: Error, Equatable, Sendable {
    // The request line (RFC 9112, sections 2.2 and 3).
    case tlsHandshake
    case repeatedEmptyLine
    case bareLineFeed
    case bareCarriageReturn
    case invalidMethod
    case requestLineWhitespace
    case missingTarget
    case invalidTarget
    case targetFormMismatch
    case connectRefused
    case missingVersion
    case invalidVersion
    case unsupportedVersion
    case requestLineTooLong(limit: Int)

    // The fields (RFC 9110, section 5; RFC 9112, section 5).
    case obsoleteFolding
    case emptyFieldName
    case whitespaceBeforeColon
    case invalidFieldName
    case invalidFieldValue
    case headerSectionTooLarge(limit: Int)
    case tooManyFields(limit: Int)

    // The host (RFC 9112, section 3.2).
    case missingHost
    case repeatedHost
    case invalidHost
    case misdirectedRequest

    // The framing (RFC 9112, sections 6 and 7).
    case invalidContentLength
    case repeatedContentLength
    case lengthAndTransferCoding
    case transferCodingBeforeHTTP11
    case invalidTransferCoding
    case unsupportedTransferCoding
    case contentTooLarge(limit: Int)
    case invalidChunkSize
    case invalidChunkExtension
    case chunkExtensionsTooLong(limit: Int)
    case unterminatedChunk
    case invalidTrailer
    case trailersTooLarge(limit: Int)

    // Expectations (RFC 9110, section 10.1.1).
    case unknownExpectation

    /// The answer the client gets.
    package var problem: Problem {
        // RFC 9110, section 15.5.6: a 405 carries Allow; an empty one says that no method is allowed on this target.
        Problem(type, detail, headerFields: self == .connectRefused ? [.allow: ""] : [:])
    }

    private var type: ProblemType {
        switch self {
        case .connectRefused: .methodNotAllowed
        case .unsupportedVersion: .httpVersionNotSupported
        case .requestLineTooLong: .uriTooLong
        case .headerSectionTooLarge, .tooManyFields, .trailersTooLarge: .headerSectionTooLarge
        case .missingHost: .missingHost
        case .misdirectedRequest: .misdirectedRequest
        case .unsupportedTransferCoding: .unsupportedTransferCoding
        case .contentTooLarge: .contentTooLarge
        case .unknownExpectation: .expectationFailed
        default: .malformedRequest
        }
    }

    private var detail: String {
        switch self {
        case .tlsHandshake: "The first bytes are a TLS handshake, but this port speaks plain HTTP."
        case .repeatedEmptyLine: "More than one empty line stands before the request line."
        case .bareLineFeed: "A line ends in LF alone; lines end in CR LF."
        case .bareCarriageReturn: "A CR is not followed by LF."
        case .invalidMethod: "The method is not a token."
        case .requestLineWhitespace: "The request line has whitespace other than one space between its three parts."
        case .missingTarget: "The request line has no target."
        case .invalidTarget: "The request target has a character that must be percent-encoded, or is no valid target."
        case .targetFormMismatch: "The form of the request target does not go with its method."
        case .connectRefused: "CONNECT is not offered: this server is no proxy."
        case .missingVersion: "The request line has no HTTP version."
        case .invalidVersion: "The request line does not end in a version such as HTTP/1.1."
        case .unsupportedVersion: "Only HTTP/1.1 and HTTP/1.0 are spoken here."
        case .requestLineTooLong(let limit): "The request line is longer than \(limit) bytes."
        case .obsoleteFolding: "A line of the header section begins with whitespace."
        case .emptyFieldName: "A field line has no name before its colon."
        case .whitespaceBeforeColon: "A field name is followed by whitespace before its colon."
        case .invalidFieldName: "A field name is not a token followed by a colon."
        case .invalidFieldValue: "A field value contains a control character."
        case .headerSectionTooLarge(let limit): "The header section is larger than \(limit) bytes."
        case .tooManyFields(let limit): "The header section has more than \(limit) fields."
        case .missingHost: "The request has no Host field."
        case .repeatedHost: "The request has more than one Host field."
        case .invalidHost: "The Host field, or the authority of the target, is not a host with an optional port."
        case .misdirectedRequest: "The request is for a host that is not served here."
        case .invalidContentLength: "The Content-Length field is not a decimal number."
        case .repeatedContentLength: "The request has more than one Content-Length field."
        case .lengthAndTransferCoding: "The request has both Content-Length and Transfer-Encoding."
        case .transferCodingBeforeHTTP11: "An HTTP/1.0 request has a Transfer-Encoding field."
        case .invalidTransferCoding: "The Transfer-Encoding field does not end in one chunked coding."
        case .unsupportedTransferCoding: "The only transfer coding read here is chunked."
        case .contentTooLarge(let limit): "The content is larger than \(limit) bytes."
        case .invalidChunkSize: "A chunk does not begin with its size as a hexadecimal number."
        case .invalidChunkExtension: "A chunk extension is no name, nor a name with a value."
        case .chunkExtensionsTooLong(let limit): "The chunk extensions are longer than \(limit) bytes in all."
        case .unterminatedChunk: "The data of a chunk are not followed by CR LF."
        case .invalidTrailer: "The trailer section has a line that is not a valid field."
        case .trailersTooLarge(let limit): "The trailer section is larger than \(limit) bytes."
        case .unknownExpectation: "The Expect field asks for something other than 100-continue."
        }
    }
}
