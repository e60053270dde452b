#!/bin/bash
# Makes test/vectors/audit/openssl/: a chain hashed and signed by the OpenSSL command line alone (3.0 or newer), by
# docs/audit-format.md. The keys are those of RFC 8032, section 7.1 (TEST 1 the master key, TEST 2 and 3 the session keys), so
# that each run makes the same files. Run it after a change of the format only.
set -euo pipefail
cd "$(dirname "$0")/openssl"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

bytes() { printf "$(sed 's/../\\x&/g' <<<"$1")"; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
sha() { printf %s "$1" | openssl dgst -sha256 -binary | hex; }
private_key() { bytes "302e020100300506032b657004220420$2" | openssl pkey -inform DER -out "$work/$1.pem"; }
public_raw() { openssl pkey -in "$work/$1.pem" -pubout -outform DER | tail -c 32 | hex; }
key_id() { bytes "$1" | openssl dgst -sha256 -binary | hex | cut -c1-32; }
sign() {
  printf %s "$2" >"$work/text"
  openssl pkeyutl -sign -inkey "$work/$1.pem" -rawin -in "$work/text" | hex
}

seed=9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60
private_key master $seed
private_key one 4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb
private_key two c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7
issuer=$(key_id "$(public_raw master)")
chain=0b6f3b1e-7a53-4c0e-9d1f-2a4c6e8f0a1b

certificate() { # key, not_before, not_after
  local raw kid content sig
  raw=$(public_raw "$1")
  kid=$(key_id "$raw")
  content='"chain_id":"'$chain'","issuer":"'$issuer'","kid":"'$kid'","not_after":"'$3'","not_before":"'$2'","public_key":"'$raw'"'
  sig=$(sign master "workos-mcp audit key v1 $(sha '{"assurance":"local-user",'"$content"',"v":1}')")
  printf %s '{"assurance":"local-user",'"$content"',"sig":"'"$sig"'","v":1}'
}

seq=0
prev=$(printf '0%.0s' {1..64})
record() { # key, time, kind, body
  local id kid head middle hash sig
  id=$(printf '0190f1e2-0000-7000-8000-%012d' $seq)
  kid=$(key_id "$(public_raw "$1")")
  head='"body":'"$4"',"chain_id":"'$chain'","event_id":"'$id'"'
  middle='"kid":"'$kid'","kind":"'$3'","prev_hash":"'$prev'","seq":'$seq
  hash=$(sha "{$head,$middle"',"time":"'"$2"'","v":1}')
  sig=$(sign "$1" "workos-mcp audit record v1 $hash")
  printf '%s\n' "{$head"',"hash":"'$hash'",'"$middle"',"sig":"'$sig'","time":"'$2'","v":1}'
  prev=$hash
  seq=$((seq + 1))
}

hmac_key=$(openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:$seed -kdfopt salt:$chain \
  -kdfopt 'info:workos-mcp audit arguments v1' -binary HKDF | hex)
args='{"limit":5,"search":"Müller \"€\""}'
args_hmac=$(printf %s "$args" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$hmac_key -binary | hex)
result='{"complete":true,"items":[]}'

org=org_01H7ZGXFMV2JPQ9BQ41MPZ3QKS
caller='{"client":{"name":"inspector","version":"1.2.3"},"kind":"agent","session":"s-1","token":{"id":"ct_5f0c2a","name":"CI"}}'

day=2026-01-31T
first=$(certificate one ${day}08:00:00.000Z 2026-02-01T08:00:00.000Z)
second=$(certificate two 2026-02-01T07:59:00.000Z 2026-02-02T07:59:00.000Z)
file=audit/20260131T080000000Z-4242-00c0ffee-0001.jsonl
{
  record one ${day}08:00:00.000Z start '{"certificate":'"$first"',"os_user":"Zoë 😀","server":"0.1.0"}'
  record one ${day}08:00:01.250Z intent '{"args_bytes":38,"args_hmac":"'$args_hmac'","call":1,"tool":"list_workos_organizations","verb":"query"}'
  record one ${day}08:00:01.500Z outcome '{"bytes":28,"call":1,"decision":"allow","intent":1,"ms":250,"redactions":[],"result_hash":"'$(sha "$result")'","status":"ok","tool":"list_workos_organizations","verb":"query"}'
  record one ${day}08:00:02.000Z intent '{"args_bytes":38,"args_hmac":"'$args_hmac'","call":2,"caller":'"$caller"',"environment":{"id":"env_1","kind":"staging"},"resources":["'$org'"],"tool":"create_workos_organization","verb":"mutation"}'
  record one ${day}08:00:03.000Z outcome '{"approvals":[{"by":"client","state":"given"}],"bytes":28,"call":2,"complete":true,"decision":"confirm","intent":3,"ms":1000,"redactions":[{"count":1,"detector":"email","path":"name"}],"resources":["'$org'"],"result_hash":"'$(sha "$result")'","rows":1,"status":"ok","tool":"create_workos_organization","upstream":[{"method":"POST","path":"/organizations"},{"method":"GET","path":"/organizations/:id","request_id":"req_1","status":200}],"upstream_count":2,"verb":"mutation"}'
  record two 2026-02-01T08:00:00.001Z key-rotation '{"certificate":'"$second"'}'
  record two 2026-02-01T08:00:00.002Z checkpoint '{}'
} >"$file"
checkpoint=$(tail -n 1 "$file")
record two 2026-02-01T08:00:01.000Z stop '{}' >>"$file"
printf '%s\n' '{"certificate":'"$second"',"record":'"$checkpoint"',"type":"workos-mcp-audit-checkpoint","v":1}' >head.checkpoint
rm -f keys/*.pub
openssl pkey -in "$work/master.pem" -pubout -out "keys/$issuer.pub"

# What is done to the chain, and what a verifier has to say of it with --key keys/*.pub (and --checkpoint for the truncated one).
rm -rf cases && mkdir cases
cp "$file" cases/intact.jsonl
sed '3s/"ok"/"no"/' "$file" >cases/altered.jsonl
sed '3d' "$file" >cases/deleted.jsonl
sed '2{h;d};3G' "$file" >cases/reordered.jsonl
sed '3p' "$file" >cases/duplicated.jsonl
sed '3i {"kind":"event"}' "$file" >cases/inserted.jsonl
head -n 6 "$file" >cases/truncated.jsonl
head -c -100 "$file" >cases/torn.jsonl
seq=0
prev=$(printf '0%.0s' {1..64})
{
  record one ${day}08:00:00.000Z start '{"certificate":'"$first"'}'
  record two ${day}08:00:01.000Z stop '{}'
} >cases/forged.jsonl
cat >cases/expected.json <<'END'
{
  "intact": { "exit": 0 },
  "altered": { "exit": 1, "kind": "altered", "seq": 2 },
  "deleted": { "exit": 1, "kind": "deleted", "seq": 2 },
  "reordered": { "exit": 1, "kind": "reordered", "seq": 1 },
  "duplicated": { "exit": 1, "kind": "duplicated", "seq": 2 },
  "inserted": { "exit": 1, "kind": "inserted", "seq": 2 },
  "forged": { "exit": 1, "kind": "forged", "seq": 1 },
  "truncated": { "exit": 1, "kind": "truncated", "seq": 6 },
  "torn": { "exit": 0 }
}
END
