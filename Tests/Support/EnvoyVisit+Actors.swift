// SPDX-License-Identifier: Apache-2.0

extension EnvoyVisit {
    /// The first two share a wire service, for certain; the third may, which is not enough to count as one with them.
    static let articles = """
        [
          {
            "id": "envoy-lands", "source": "harbour-herald.txt",
            "headline": "Arvenian envoy lands in Belmora for salt talks", "publisher": "Harbour Herald", "credit": null,
            "published": {"edtf": "2031-04-12", "basis": "stated", "note": null},
            "lineage": {"group": "wire-nine", "reason": "Both have the aide's words.", "confidence": 0.8},
            "words": 101, "sha256": "415bea8a79d6960225e768230de540f27dadf2d79488b456fd834ec802ccd857",
            "digests": [
              "e9761eccf93ea78bc0d4a2082c708ef5ff1ddc82353dc4bef19f3f94eff728fc",
              "a6ee1aea7948fc229e22eb5d68dea605fe332edf2da1669dc0a4f6daede33a68",
              "fce25e92a1285f37bbcf3d65b2560056effee8e35ba6eb00737107a6e2041c6f",
              "7dd4d12ac272e678cf23b26654fdca20f38efcffee92202fc7d2fbcd4a3890ee",
              "892721c90ebe0c04059a963419167528b3af1cda6dd74174ad5e2d1d4a8c8a52",
              "70b1d342fd1994ca07942c9f6c54cebf16ac97a991d9b748919bbd6e8c107687",
              "5a3175d35a1b625fbd7e6305c63977e524c592aa7173ee840e34813db8f857cf"
            ]
          },
          {
            "id": "talks-in-karst", "source": "karst-courier.txt",
            "headline": "Brandt and Talvane meet at Harbour House", "publisher": "Karst Courier", "credit": "Wire Nine",
            "published": {"edtf": "2031-04-14~", "basis": "background", "note": "The archive of the paper has it then."},
            "lineage": {"group": "wire-nine", "reason": "It names the service.", "confidence": 0.95},
            "words": 66, "sha256": "165b50035bc2aa5a60b18a3069fdb3faf207714b1efe5264c3a43077c15eba15",
            "digests": [
              "b53370f34eb081ed4a0c416abac429c112fc49a16d0ba15842269f84504e7707",
              "23b7178a055398ba43e7cafee95ea8e6669d766ce6391bf1c48ffffc4120b8d0",
              "13789fea808f01c81929aaedfc366ef2987f88956e6d0674dbcaaf5ec8e174eb",
              "b0f43a33846c80e8b89b5a969207e68360af40675947d62e90f353c4c688fb17",
              "ada8d8ffcdfd5b121fed8bb62a5b8a56dd9ad9390a29bd71f3cb402bd909849e",
              "07b607e27a6202a6c04c001e72fe267900f81b39ac066b90684d6d2457ceaaad"
            ]
          },
          {
            "id": "notes-from-teal-island", "source": "lindal-review.txt", "headline": null, "publisher": null,
            "credit": null, "published": null,
            "lineage": {"group": "wire-nine", "reason": "A turn of phrase recurs.", "confidence": 0.5},
            "words": 76, "sha256": "40463066cd1df357397c9b3f4c7438d15198484f47a3771d5675e9e1799a4bf7",
            "digests": [
              "1d0ab4eeee302d97857cf51462cc6a644afe9dd33916e2e2a2af21893e1ef766",
              "6ea10dc5106da8b514a637683902f97fbe8481b90e6d4581c280f5a32cd1f630",
              "d68a06c7e0a45c01d45d8344961de0aaffe63d25e366880194b5c97e399ed95e",
              "1d678160c7f9e0b31ecfd6a409784d9706a7da36ee6911ddde7bf0b5c71f5150",
              "a61d36712c561dd43d1253683f76eef9397e751fc78c730944118b67488ba33e",
              "c0bc1a05a308992fd342f05634a2382fbbfad1f174bbf2df27c28a23e844f457"
            ]
          }
        ]
        """

    static let organizations = """
        [
          {
            "id": "arvenia", "name": "Arvenia", "kind": "country", "aliases": ["Republic of Arvenia"], "country": null,
            "memberOf": [{"id": "amber-league"}],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 2, "anchors": ["Arvenia"]},
              {"article": {"id": "notes-from-teal-island"}, "paragraph": 2, "anchors": ["Arvenia", "claim"]}
            ]
          },
          {
            "id": "belmora", "name": "Belmora", "kind": "country", "aliases": [], "country": null,
            "memberOf": [{"id": "amber-league"}],
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 2, "anchors": ["Belmora"]}]
          },
          {
            "id": "amber-league", "name": "Amber League", "kind": "alliance", "aliases": [], "country": null,
            "memberOf": [],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 7, "anchors": ["Leaders", "League"]},
              {"article": {"id": "notes-from-teal-island"}, "paragraph": 4, "anchors": ["League", "founded"]}
            ]
          },
          {
            "id": "belmoran-foreign-ministry", "name": "Foreign Ministry", "kind": "ministry", "aliases": [],
            "country": {"id": "belmora"}, "memberOf": [],
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 3, "anchors": ["Foreign", "Minister"]}]
          },
          {
            "id": "arvenian-trade-ministry", "name": "Trade Ministry", "kind": "ministry", "aliases": ["MOT"],
            "country": {"id": "arvenia"}, "memberOf": [],
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 5, "anchors": ["ministry"]}]
          },
          {
            "id": "quill-freight", "name": "Quill Freight", "kind": "company", "aliases": [], "country": null,
            "memberOf": [],
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 6, "anchors": ["Quill", "Freight"]}]
          }
        ]
        """

    static let places = """
        [
          {
            "id": "arvenia", "name": "Arvenia", "kind": "country", "aliases": [], "within": null, "latitude": null,
            "longitude": null,
            "evidence": [{"article": {"id": "notes-from-teal-island"}, "paragraph": 2, "anchors": ["Arvenia"]}]
          },
          {
            "id": "belmora", "name": "Belmora", "kind": "country", "aliases": [], "within": null, "latitude": 12,
            "longitude": -40.5,
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 2, "anchors": ["Belmora"]}]
          },
          {
            "id": "port-lindal", "name": "Port Lindal", "kind": "city", "aliases": ["Lindal"],
            "within": {"id": "arvenia"}, "latitude": 11.25, "longitude": -38.75,
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 7, "anchors": ["Lindal"]}]
          },
          {
            "id": "karst", "name": "Karst", "kind": "city", "aliases": [], "within": {"id": "belmora"},
            "latitude": 12.5, "longitude": -40.25,
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 3, "anchors": ["Karst"]}]
          },
          {
            "id": "harbour-house", "name": "Harbour House", "kind": "building", "aliases": [],
            "within": {"id": "karst"}, "latitude": null, "longitude": null,
            "evidence": [{"article": {"id": "talks-in-karst"}, "paragraph": 2, "anchors": ["Harbour", "House"]}]
          },
          {
            "id": "amber-sea", "name": "Amber Sea", "kind": "sea", "aliases": [], "within": null, "latitude": 12,
            "longitude": -39,
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 6, "anchors": ["Amber", "Sea"]}]
          },
          {
            "id": "teal-island", "name": "Teal Island", "kind": "island", "aliases": [],
            "within": {"id": "amber-sea"}, "latitude": 12.125, "longitude": -39.125,
            "evidence": [
              {"article": {"id": "talks-in-karst"}, "paragraph": 3, "anchors": ["Teal", "Island"]},
              {"article": {"id": "notes-from-teal-island"}, "paragraph": 1, "anchors": ["Teal"]}
            ]
          }
        ]
        """

    static let people = """
        [
          {
            "id": "mira-talvane", "name": "Mira Talvane", "category": "official", "aliases": [],
            "country": {"id": "arvenia"},
            "offices": [
              {
                "title": "Trade envoy", "organization": {"id": "arvenian-trade-ministry"},
                "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 2, "anchors": ["envoy"]}]
              }
            ],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 2, "anchors": ["Mira", "Talvane"]},
              {"article": {"id": "talks-in-karst"}, "paragraph": 2, "anchors": ["Talvane"]}
            ]
          },
          {
            "id": "oskar-brandt", "name": "Oskar Brandt", "category": "official", "aliases": ["Minister Brandt"],
            "country": {"id": "belmora"},
            "offices": [
              {
                "title": "Foreign Minister", "organization": {"id": "belmoran-foreign-ministry"},
                "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 3, "anchors": ["Minister"]}]
              },
              {
                "title": "Host", "organization": null,
                "evidence": [{"article": {"id": "talks-in-karst"}, "paragraph": 2, "anchors": ["received"]}]
              }
            ],
            "evidence": [{"article": {"id": "talks-in-karst"}, "paragraph": 2, "anchors": ["Oskar", "Brandt"]}]
          },
          {
            "id": "renee-ostrava", "name": "Renée Ostrava", "category": "private", "aliases": [], "country": null,
            "offices": [],
            "evidence": [
              {"article": {"id": "talks-in-karst"}, "paragraph": 4, "anchors": ["Renée", "diver"]},
              {"article": {"id": "notes-from-teal-island"}, "paragraph": 2, "anchors": ["Ostrava's"]}
            ]
          },
          {
            "id": "tobias-quill", "name": "Tobias Quill", "category": "detained", "aliases": [],
            "country": {"id": "arvenia"}, "offices": [],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 6, "anchors": ["Tobias", "held"]},
              {"article": {"id": "notes-from-teal-island"}, "paragraph": 5, "anchors": ["charged"]}
            ]
          },
          {
            "id": "ilse-marn", "name": "Ilse Marn", "category": "private", "aliases": [],
            "country": {"id": "arvenia"}, "offices": [],
            "evidence": [{"article": {"id": "notes-from-teal-island"}, "paragraph": 1, "anchors": ["Ilse", "Marn"]}]
          }
        ]
        """
}
