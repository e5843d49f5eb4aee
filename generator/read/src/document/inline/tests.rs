use super::*;

#[test]
fn white_space_folds_and_line_breaks_stay_visible() {
    let mut inline = Inline::default();
    inline.push_text("  a \t b ");
    inline.push_text("\n c  ");
    assert_eq!(inline.finish().pieces, [Piece::Text("a b\nc".into())]);
}

#[test]
fn nothing_is_left_of_empty_emphasis_and_outer_breaks() {
    let mut inline = Inline::default();
    for piece in [
        Piece::Break,
        Piece::EmphasisStart,
        Piece::EmphasisEnd,
        Piece::Text(" x ".into()),
        Piece::Break,
        Piece::Text(" ".into()),
    ] {
        inline.push(piece);
    }
    assert_eq!(inline.finish(), Inline::text("x"));
}

#[test]
fn plain_words_drop_tags_and_fold_every_white_space() {
    let mut inline = Inline::default();
    inline.push_text("Uses\u{a0}\u{a0}the ");
    inline.push(Piece::Html("<see cref=\"T:A\">".into()));
    inline.push_text("list");
    inline.push(Piece::Html("</see>".into()));
    inline.push(Piece::Break);
    inline.push_code("a  b");
    assert_eq!(inline.to_plain(), "Uses the list a b");
}
