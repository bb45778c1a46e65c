"""What pages share: forms, who may enter, links of the mails, lists, the bars of the layout, the words and formats."""
