// Signs and verifies envelopes of the Notary Project with its own library, for the tests.
//
//	notation sign KEY CHAIN PAYLOAD ENVELOPE
//	notation verify ENVELOPE TRUSTED
package main

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"time"

	"github.com/notaryproject/notation-core-go/signature"
	"github.com/notaryproject/notation-core-go/signature/jws"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if arguments[0] == "sign" {
		return sign(arguments[1], arguments[2], arguments[3], arguments[4])
	}
	return verify(arguments[1], arguments[2])
}

func sign(keyFile, chainFile, payloadFile, envelopeFile string) error {
	text, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	block, _ := pem.Decode(text)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return err
	}
	chain, err := certificates(chainFile)
	if err != nil {
		return err
	}
	signer, err := signature.NewLocalSigner(chain, key.(crypto.PrivateKey))
	if err != nil {
		return err
	}
	payload, err := os.ReadFile(payloadFile)
	if err != nil {
		return err
	}
	envelope, err := signature.NewEnvelope(jws.MediaTypeEnvelope)
	if err != nil {
		return err
	}
	signed, err := envelope.Sign(&signature.SignRequest{
		Payload: signature.Payload{
			ContentType: "application/vnd.cncf.notary.payload.v1+json",
			Content:     payload,
		},
		Signer:        signer,
		SigningTime:   time.Now(),
		Expiry:        time.Now().Add(time.Hour),
		SigningScheme: signature.SigningSchemeX509,
		SigningAgent:  "test",
	})
	if err != nil {
		return err
	}
	return os.WriteFile(envelopeFile, signed, 0o600)
}

func verify(envelopeFile, trustedFile string) error {
	text, err := os.ReadFile(envelopeFile)
	if err != nil {
		return err
	}
	envelope, err := signature.ParseEnvelope(jws.MediaTypeEnvelope, text)
	if err != nil {
		return err
	}
	content, err := envelope.Verify()
	if err != nil {
		return err
	}
	trusted, err := certificates(trustedFile)
	if err != nil {
		return err
	}
	if _, err = signature.VerifyAuthenticity(&content.SignerInfo, trusted); err != nil {
		return err
	}
	fmt.Printf("%s %s\n", content.Payload.ContentType, content.Payload.Content)
	return nil
}

func certificates(file string) ([]*x509.Certificate, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var found []*x509.Certificate
	for {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			return found, nil
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		found = append(found, certificate)
	}
}
